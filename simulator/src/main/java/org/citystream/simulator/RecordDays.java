package org.citystream.simulator;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.citystream.recordings.RecordingException;
import org.citystream.service.config.ConfigurationException;
import org.citystream.simulator.city.City;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.recording.CityRecording;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Scenarios;

/** {@code simulate --to DIR}: writes a recording instead of publishing. It needs no broker and no running stack. */
final class RecordDays {
    private static final Duration USUAL_LENGTH = Duration.ofDays(1);

    private final SimulateConfig config;
    private final Clock wall;

    RecordDays(SimulateConfig config, Clock wall) {
        this.config = config;
        this.wall = wall;
    }

    /** @throws ConfigurationException if what is wanted cannot be simulated */
    void run(PrintWriter out) throws ConfigurationException {
        Path directory = Objects.requireNonNull(config.to);
        long begun = System.nanoTime();
        try {
            CityRecording recording = recording();
            CityRecording.Summary summary = recording.write(directory);
            out.printf(
                    Locale.ROOT,
                    "%s: %,d traffic readings and %,d air readings from %s, %s, in %.1f s%n",
                    directory,
                    summary.trafficReadings(),
                    summary.airReadings(),
                    recording.from(),
                    recording.length(),
                    (System.nanoTime() - begun) / 1e9);
            if (summary.damaged() > 0) {
                out.printf(Locale.ROOT, "left out: %,d messages with damaged payloads%n", summary.damaged());
            }
            out.printf(
                    Locale.ROOT,
                    "%s: %d episodes%n",
                    directory.resolve("truth.csv"),
                    summary.truth().size());
        } catch (IllegalArgumentException | RecordingException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private CityRecording recording() {
        City city = config.city.plan(config.seed).city();
        Scenario scenario = Scenarios.named(config.scenario);
        List<FaultPlan> faults = config.faults.stream().map(FaultPlan::parse).toList();
        Duration length = config.duration == null ? USUAL_LENGTH : config.duration;
        Instant yesterday = wall.instant().minus(length).truncatedTo(ChronoUnit.HOURS);
        Instant from = config.start != null ? config.start : scenario.arrival(yesterday, city.timeZone());
        return new CityRecording(city, scenario, faults, config.seed, from, length);
    }
}
