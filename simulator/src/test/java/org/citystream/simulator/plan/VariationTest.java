package org.citystream.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.citystream.simulator.city.FundamentalDiagram;
import org.citystream.simulator.city.WeekProfile;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final List<RoadPlan> ROADS = LongStream.rangeClosed(1, 200)
            .mapToObj(seed -> Variation.of(seed).corridorCity().roads().get(0))
            .toList();

    @Test
    void theSameSeedGivesTheSameCityAndAnotherSeedAnother() {
        assertThat(Variation.of(5).corridorCity()).isEqualTo(Variation.of(5).corridorCity());
        assertThat(Variation.of(5).corridorCity().roads().get(0).drivers())
                .isNotEqualTo(Variation.of(6).corridorCity().roads().get(0).drivers());
    }

    @Test
    void citiesFillTheirRanges() {
        FundamentalDiagram usual = RoadPlan.FREEWAY;
        fills(Range.FREE_FLOW_SPEED, road -> road.drivers().freeFlowSpeedKmh() / usual.freeFlowSpeedKmh());
        fills(Range.CAPACITY, road -> road.drivers().capacityVehH() / usual.capacityVehH());
        fills(Range.WAVE_SPEED, road -> road.drivers().waveSpeedKmh());
        fills(Range.CAPACITY_DROP, road -> road.drivers().capacityDrop());
        fills(Range.SPACING, road -> road.detectors().spacingM() / 450);
        fills(Range.SPACING_SCATTER, road -> road.detectors().scatter());
        fills(Range.EFFECTIVE_LENGTH, road -> road.detectors().quality().effectiveLengthM());
        fills(Range.COUNT_SCATTER, road -> road.detectors().quality().countScatter());
        fills(Range.CALIBRATION_SCATTER, road -> road.detectors().quality().calibrationScatter());
        fills(Range.OCCUPANCY_SCATTER, road -> road.detectors().quality().occupancyScatter());
        fills(Range.DEMAND, road -> load(road) / 0.95);
    }

    @Test
    void corridorsDifferInLanesLengthAndJunctions() {
        assertThat(ROADS).extracting(RoadPlan::lanes).containsOnly(2, 3, 4);
        assertThat(ROADS).extracting(road -> road.ramps().size() / 2).containsOnly(1, 2, 3, 4);
        assertThat(ROADS)
                .allSatisfy(road -> assertThat(road.lengthM())
                        .isBetween(Range.CORRIDOR_LENGTH.from() - 500, Range.CORRIDOR_LENGTH.to()));
        assertThat(ROADS.stream().mapToDouble(RoadPlan::lengthM).max().orElseThrow())
                .isGreaterThan(Range.CORRIDOR_LENGTH.to() - 1_000);
        assertThat(ROADS.stream().mapToDouble(RoadPlan::lengthM).min().orElseThrow())
                .isLessThan(Range.CORRIDOR_LENGTH.from() + 1_000);
        List<Double> shares = ROADS.stream()
                .flatMap(road -> road.ramps().stream())
                .map(ramp -> ramp.entryShare() + ramp.exitShare())
                .toList();
        assertThat(Collections.min(shares)).isBetween(Range.CORRIDOR_RAMP.from(), Range.CORRIDOR_RAMP.from() + 0.01);
        assertThat(Collections.max(shares)).isBetween(Range.CORRIDOR_RAMP.to() - 0.01, Range.CORRIDOR_RAMP.to());
    }

    @Test
    void peaksComeEarlierAndLater() {
        List<Double> earliest = LongStream.rangeClosed(1, 100)
                .mapToObj(seed -> Variation.of(seed).corridorCity())
                .map(plan ->
                        risesAtHour(plan.profile(plan.roads().get(0).demand().profile())))
                .toList();
        double usual = risesAtHour(Variation.of(1).corridorCity().profile(Profiles.BOTH));
        assertThat(Collections.min(earliest)).isBetween(usual - 1, usual - 0.4);
        assertThat(Collections.max(earliest)).isBetween(usual + 0.4, usual + 1);
    }

    /** The hour of a Tuesday morning in which half the peak is passed. */
    private static double risesAtHour(WeekProfile profile) {
        ZonedDateTime midnight = ZonedDateTime.parse("2026-11-24T00:00:00+01:00[Europe/Copenhagen]");
        for (int minute = 3 * 60; minute < 12 * 60; minute++) {
            if (profile.shareAt(midnight.plusMinutes(minute)) >= 0.5) {
                return minute / 60.0;
            }
        }
        throw new AssertionError("it never rises");
    }

    @Test
    void aVariedCityKeepsItsRoadsAndGivesEachDriversOfItsOwn() {
        CityPlan varied = Variation.of(9).of(Lindholm.plan());

        assertThat(varied.roads()).extracting(RoadPlan::id).containsExactly("lind-ring", "lind-in", "lind-out");
        assertThat(varied.roads()).extracting(RoadPlan::drivers).doesNotHaveDuplicates();
        assertThat(varied.roads().get(0).line())
                .isEqualTo(Lindholm.plan().roads().get(0).line());
        assertThat(varied.city().sensors()).isNotEqualTo(Lindholm.city().sensors());
    }

    private static double load(RoadPlan road) {
        return road.demand().peakVehH() * road.busiest() / (road.drivers().capacityVehH() * road.lanes());
    }

    private static void fills(Range range, ToDoubleFunction<RoadPlan> of) {
        double rounding = 0.002 * range.to();
        double width = range.to() - range.from();
        assertThat(ROADS.stream().mapToDouble(of).min().orElseThrow())
                .as("least %s", range)
                .isBetween(range.from() - rounding, range.from() + 0.1 * width);
        assertThat(ROADS.stream().mapToDouble(of).max().orElseThrow())
                .as("most %s", range)
                .isBetween(range.to() - 0.1 * width, range.to() + rounding);
    }
}
