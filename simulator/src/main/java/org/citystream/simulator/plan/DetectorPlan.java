package org.citystream.simulator.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.citystream.simulator.city.DetectorQuality;
import org.citystream.simulator.city.Draws;
import org.jspecify.annotations.Nullable;

/**
 * Where the detectors of a road lie and how well they measure.
 *
 * @param spacingM mean distance; where positions are given, theirs
 * @param scatter uneven by up to this share of the spacing to either side, 0..0.4, as real ones lie where cabinets and
 *     gantries are
 * @param positionsM exact places, m along the road, upstream first; empty: laid by spacing and scatter
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record DetectorPlan(double spacingM, double scatter, List<Double> positionsM, DetectorQuality quality) {
    static final double USUAL_SPACING_M = 400;
    private static final double SHORTEST_M = 50;
    private static final double LONGEST_M = 10_000;
    private static final double MOST_SCATTER = 0.4;

    DetectorPlan {
        positionsM = positionsM == null ? List.of() : List.copyOf(positionsM);
        quality = quality == null ? DetectorQuality.USUAL : quality;
        spacingM = spacingM == 0 ? meanSpacingM(positionsM) : spacingM;
        if (!(spacingM >= SHORTEST_M && spacingM <= LONGEST_M)) {
            throw new IllegalArgumentException("spacingM must be within 50..10000 but is " + spacingM);
        }
        if (!(scatter >= 0 && scatter <= MOST_SCATTER)) {
            throw new IllegalArgumentException("scatter must be within 0..0.4 but is " + scatter);
        }
        List<Double> positions = positionsM;
        if (IntStream.range(1, positions.size()).anyMatch(i -> positions.get(i) - positions.get(i - 1) < 1)) {
            throw new IllegalArgumentException("positionsM must grow downstream by at least 1 m");
        }
    }

    private static double meanSpacingM(List<Double> positionsM) {
        int gaps = positionsM.size() - 1;
        return gaps < 1 ? USUAL_SPACING_M : Math.max(SHORTEST_M, (positionsM.get(gaps) - positionsM.get(0)) / gaps);
    }

    static DetectorPlan spaced(double spacingM, double scatter, @Nullable DetectorQuality quality) {
        return new DetectorPlan(spacingM, scatter, List.of(), quality == null ? DetectorQuality.USUAL : quality);
    }

    /** The places of a road's detectors, m along it; a road has at least one. */
    List<Double> positionsM(String roadId, double lengthM) {
        if (!positionsM.isEmpty()) {
            return positionsM;
        }
        Draws place = Draws.of(0).stream("places").stream(roadId);
        List<Double> positions = new ArrayList<>();
        for (double at = spacingM / 2; at < lengthM - spacingM / 4; at += spacingM) {
            double shifted = at + place.between(positions.size(), -scatter, scatter) * spacingM;
            positions.add((double) Math.round(shifted / 10) * 10);
        }
        return positions.isEmpty() ? List.of(Math.floor(lengthM / 2)) : positions;
    }
}
