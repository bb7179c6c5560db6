package org.citystream.simulator.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.simulator.city.DetectorQuality;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.city.FundamentalDiagram;
import org.citystream.simulator.city.WeekProfile;

/**
 * How one city differs from another: drivers, demand, detectors and their spacing, drawn by a seed from each {@link Range},
 * so that a detector cannot be fitted to one city. The same seed gives the same city.
 */
public final class Variation {
    private static final double MINUTES_PER_HOUR = 60;

    private final long seed;
    private final Draws draws;

    private Variation(long seed) {
        this.seed = seed;
        this.draws = Draws.of(seed).stream("variation");
    }

    /** The variation of a seed. */
    public static Variation of(long seed) {
        return new Variation(seed);
    }

    /** A freeway corridor of its own geometry, junctions, drivers, demand and detectors, with three air stations. */
    public CityPlan corridorCity() {
        return of(CorridorCity.plan("varied-" + seed, draws.stream("corridor")));
    }

    /** Another city with the same roads and stations. */
    public CityPlan of(CityPlan plan) {
        Map<String, WeekProfile> profiles = new HashMap<>(plan.profiles());
        List<RoadPlan> roads = plan.roads().stream()
                .map(road -> vary(plan, road, draws.stream(road.id()), profiles))
                .toList();
        return new CityPlan(
                plan.id(), plan.timeZone(), plan.centre(), plan.airshed(), profiles, roads, plan.stations());
    }

    private static RoadPlan vary(CityPlan plan, RoadPlan road, Draws draws, Map<String, WeekProfile> profiles) {
        FundamentalDiagram usual = road.drivers();
        FundamentalDiagram drivers = FundamentalDiagram.ofWaveSpeed(
                rounded(usual.freeFlowSpeedKmh() * Range.FREE_FLOW_SPEED.draw(draws)),
                rounded(usual.capacityVehH() * Range.CAPACITY.draw(draws)),
                Range.WAVE_SPEED.draw(draws),
                Range.CAPACITY_DROP.draw(draws));
        double moreCapacity = drivers.capacityVehH() / usual.capacityVehH();
        String profile = "peaks of " + road.id();
        profiles.put(
                profile, plan.profile(road.demand().profile()).later(Range.PEAK_SHIFT.draw(draws) / MINUTES_PER_HOUR));
        double peakVehH = rounded(road.demand().peakVehH() * moreCapacity * Range.DEMAND.draw(draws));
        return new RoadPlan(
                road.id(),
                road.name(),
                road.facility(),
                road.lanes(),
                road.line(),
                drivers,
                new DemandPlan(peakVehH, profile),
                road.ramps(),
                detectors(road.detectors(), draws));
    }

    private static DetectorPlan detectors(DetectorPlan usual, Draws draws) {
        DetectorQuality quality = new DetectorQuality(
                Range.EFFECTIVE_LENGTH.draw(draws),
                Range.COUNT_SCATTER.draw(draws),
                Range.CALIBRATION_SCATTER.draw(draws),
                Range.OCCUPANCY_SCATTER.draw(draws));
        return DetectorPlan.spaced(
                rounded(usual.spacingM() * Range.SPACING.draw(draws)), Range.SPACING_SCATTER.draw(draws), quality);
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
