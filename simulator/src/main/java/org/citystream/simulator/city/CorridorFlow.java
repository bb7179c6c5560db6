package org.citystream.simulator.city;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The traffic of one corridor, minute by minute. Demand varies around its profile: by day (3 %), over half hours (4 %)
 * and from minute to minute as random arrivals do.
 */
final class CorridorFlow {
    static final int STEP_SECONDS = 4;
    private static final int STEPS_PER_MINUTE = 60 / STEP_SECONDS;
    private static final double DAY_VARIATION = 0.03;
    private static final double SLOW_VARIATION = 0.04;
    private static final double SLOW_PERIOD_SECONDS = 1_800;

    private final Corridor corridor;
    private final ZoneId timeZone;
    private final Conditions conditions;
    private final CellTransmission road;
    private final double[] entryShares;
    private final Draws days;
    private final Draws slow;
    private final Draws arrivals;

    CorridorFlow(Corridor corridor, ZoneId timeZone, Conditions conditions, Draws draws) {
        this.corridor = corridor;
        this.timeZone = timeZone;
        this.conditions = conditions;
        this.road = new CellTransmission(
                corridor.diagram(), corridor.lanes(), corridor.lengthM(), STEP_SECONDS, corridor.ramps());
        this.entryShares = corridor.ramps().stream()
                .mapToDouble(Ramp::entryShare)
                .filter(share -> share > 0)
                .toArray();
        this.days = draws.stream("day");
        this.slow = draws.stream("slow");
        this.arrivals = draws.stream("arrivals");
    }

    /** Moves the traffic through the minute that begins at {@code start}. */
    CorridorMinute advance(Instant start, Weather weather) {
        double[] passed = new double[road.cells()];
        double[] present = new double[road.cells()];
        limitCapacities(start, weather);
        double entry = demandVehH(start) / 3600 * STEP_SECONDS;
        double[] onRamps = new double[entryShares.length];
        for (int ramp = 0; ramp < onRamps.length; ramp++) {
            onRamps[ramp] = entry * entryShares[ramp];
        }
        for (int step = 0; step < STEPS_PER_MINUTE; step++) {
            accumulatePresent(present);
            road.step(entry, onRamps);
            accumulatePresent(present);
            for (int cell = 0; cell < passed.length; cell++) {
                passed[cell] += road.passed(cell);
            }
        }
        return minute(passed, present);
    }

    private void accumulatePresent(double[] present) {
        for (int cell = 0; cell < present.length; cell++) {
            present[cell] += road.vehicles(cell) / 2;
        }
    }

    private CorridorMinute minute(double[] passed, double[] present) {
        for (int cell = 0; cell < passed.length; cell++) {
            passed[cell] *= 60;
            present[cell] /= STEPS_PER_MINUTE * road.cellLengthM() / 1000;
        }
        return new CorridorMinute(corridor, road.cellLengthM(), passed, present);
    }

    private void limitCapacities(Instant at, Weather weather) {
        road.openAll();
        for (Conditions.CapacityDrop drop : conditions.capacityDrops(corridor, at)) {
            for (int cell = road.cellAt(drop.fromM()); cell <= road.cellAt(drop.toM()); cell++) {
                road.limit(cell, drop.capacityFactor(), drop.speedFactor());
            }
        }
        if (weather.rainMmH() > 0) {
            road.scaleAll(weather.roadCapacityFactor(), weather.roadSpeedFactor());
        }
    }

    private double demandVehH(Instant at) {
        ZonedDateTime local = at.atZone(timeZone);
        long second = at.getEpochSecond();
        double mean = corridor.demand().peakVehH()
                * conditions.demandShare(corridor, local, corridor.demand().shareAt(local))
                * (1 + DAY_VARIATION * bounded(days.gaussian(local.toLocalDate().toEpochDay())))
                * (1 + SLOW_VARIATION * slow.smooth(second, SLOW_PERIOD_SECONDS));
        double perMinute = mean / 60;
        double random = StrictMath.sqrt(perMinute) * bounded(arrivals.gaussian(second / 60));
        return Math.max(0, perMinute + random) * 60;
    }

    private static double bounded(double deviations) {
        return Math.max(-2.5, Math.min(2.5, deviations));
    }
}
