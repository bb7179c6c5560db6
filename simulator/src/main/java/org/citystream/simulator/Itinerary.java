package org.citystream.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.simulator.scenario.Run;
import org.citystream.simulator.scenario.Scenario;

/**
 * Where a start of the simulator begins and where it arrives.
 *
 * @param run everything that happens follows from it
 * @param airAfter air readings observed after this are published
 * @param trafficAfter traffic readings likewise
 * @param sentAfter only readings sent after this are published: earlier ones are already acknowledged
 * @param arrival the clock hurries up to here, and goes at its speed from here on
 * @param notice for the log
 */
record Itinerary(Run run, Instant airAfter, Instant trafficAfter, Instant sentAfter, Instant arrival, String notice) {
    /** Empty roads are filled and the air has settled after this. */
    private static final Duration WARM_UP = Duration.ofHours(4);
    /** A shorter pause is caught up with; after a longer one the scenario arranges itself around the new arrival. */
    private static final Duration LONG_PAUSE = Scenario.PREPARATION.plusMinutes(15);
    /** Folding the city from its origin should not take longer than some seconds. */
    private static final Duration OLDEST_ORIGIN = Duration.ofDays(30);
    /** Sent again when it is not known what was acknowledged; the jobs count a repeated reading once. */
    private static final Duration REPEATED = Duration.ofMinutes(10);

    /**
     * Plans a start.
     *
     * @param clock where the deployment's clock stands; empty in a new deployment
     * @param known what an earlier start left behind
     */
    static Itinerary plan(
            SimulateConfig config,
            Scenario scenario,
            ZoneId timeZone,
            Instant wall,
            Optional<Instant> clock,
            Optional<RunState> known) {
        Instant wanted = config.start != null ? config.start : scenario.arrival(wall, timeZone);
        if (clock.isEmpty()) {
            return fresh(config, wanted);
        }
        Instant stand = clock.get();
        boolean pausedLong = wanted.isAfter(stand.plus(LONG_PAUSE)) && config.backfill;
        Instant arrival = config.backfill && wanted.isAfter(stand) ? wanted : stand;
        Optional<RunState> same = known.filter(content -> content.run().seed() == config.seed
                && content.run().scenario().equals(config.scenario)
                && content.run().origin().isAfter(arrival.minus(OLDEST_ORIGIN)));
        Run run = same.map(RunState::run)
                .map(before -> pausedLong ? before.arrivingAt(arrival) : before)
                .orElseGet(() -> newRun(config, arrival));
        Instant sentAfter = same.map(RunState::acknowledgedTo)
                .filter(acknowledged -> acknowledged.isBefore(stand))
                .orElse(same.isPresent() ? stand.minus(REPEATED) : stand);
        return new Itinerary(
                run,
                arrival.minus(config.airHistory),
                arrival.minus(config.trafficHistory),
                sentAfter,
                arrival,
                "the deployment's clock stands at " + stand + ": going on from there"
                        + (config.start != null && !config.start.isAfter(stand) ? ", --start is passed over" : ""));
    }

    /** A sensor's entry, in force from the whole minute in which it begins to report. */
    Sensor expected(Sensor sensor) {
        Instant begins = sensor.kind() == SensorKind.AIR ? airAfter : trafficAfter;
        return sensor.withVersion(1, begins.truncatedTo(ChronoUnit.MINUTES));
    }

    private static Itinerary fresh(SimulateConfig config, Instant arrival) {
        Instant airAfter = config.backfill ? arrival.minus(config.airHistory) : arrival;
        Instant trafficAfter = config.backfill ? arrival.minus(config.trafficHistory) : arrival;
        return new Itinerary(newRun(config, arrival), airAfter, trafficAfter, Instant.MIN, arrival, "a new deployment");
    }

    private static Run newRun(SimulateConfig config, Instant arrival) {
        Duration history = config.backfill ? config.airHistory : Duration.ZERO;
        return new Run(config.seed, config.scenario, arrival.minus(history).minus(WARM_UP), List.of(arrival));
    }
}
