package org.citystream.simulator.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.citystream.recordings.NeutralWriter;
import org.citystream.recordings.RecordedReading;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.fault.FaultySensors;
import org.citystream.simulator.scenario.Course;
import org.citystream.simulator.scenario.Run;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Truth;
import org.citystream.simulator.scenario.TruthEpisode;
import org.citystream.simulator.scenario.TruthFile;

/**
 * A stretch of a city's life as a recording with known truth: the neutral format ({@code traffic.csv}, {@code air.csv},
 * {@code sensors.geojson}) and {@code truth.csv}. The same arguments give the same bytes. Scenarios that arrange something
 * around the arrival of the clock arrange it around the recording's start.
 *
 * @param faults beside those of the scenario
 * @param from first moment; roads and air have settled by then
 */
public record CityRecording(
        City city, Scenario scenario, List<FaultPlan> faults, long seed, Instant from, Duration length) {
    /** Empty roads are filled and the air has settled after this. */
    private static final Duration WARM_UP = Duration.ofHours(4);

    public CityRecording {
        faults = List.copyOf(faults);
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("a recording must be longer than nothing but is " + length);
        }
    }

    /**
     * What was written.
     *
     * @param damaged messages whose payload a fault has damaged, for which a recording has no form; they are left out
     * @param truth what really happened from the start to the end
     */
    public record Summary(long trafficReadings, long airReadings, long damaged, List<TruthEpisode> truth) {}

    /**
     * Hands on every reading, in order of time as far as faults let it.
     *
     * @throws IllegalArgumentException if a fault strikes none of the city's sensors
     */
    public Summary play(Consumer<RecordedReading> readings) {
        Run run = new Run(seed, scenario.name(), from.minus(WARM_UP), List.of(from));
        Course course = scenario.course(city, run);
        List<FaultPlan> plans = new ArrayList<>(course.faults());
        plans.addAll(faults);
        FaultySensors sensors = new FaultySensors(plans, city.sensors(), seed, run.arrivals());
        Truth truth = new Truth(course, sensors);
        CitySimulation simulation = new CitySimulation(city, seed, course, run.origin());
        Tape tape = new Tape(sensors, readings, from);
        Instant end = from.plus(length);
        while (simulation.now().isBefore(end)) {
            CityMinute minute = simulation.advance();
            truth.observe(minute);
            tape.take(minute);
        }
        return new Summary(tape.trafficReadings(), tape.airReadings(), tape.damaged(), within(truth.episodes()));
    }

    private List<TruthEpisode> within(List<TruthEpisode> episodes) {
        return episodes.stream()
                .filter(episode -> episode.end() == null || episode.end().isAfter(from))
                .toList();
    }

    /**
     * Writes the recording into a folder of its own.
     *
     * @throws org.citystream.recordings.RecordingException if there is a recording already, or it cannot be written
     */
    public Summary write(Path directory) {
        try (NeutralWriter writer = NeutralWriter.create(directory)) {
            writer.sensors(city.sensors());
            Summary summary = play(writer::write);
            new TruthFile(directory).write(summary.truth(), from.plus(length));
            return summary;
        }
    }
}
