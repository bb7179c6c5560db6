package org.citystream.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.publish.Outgoing;
import org.citystream.simulator.scenario.Course;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Truth;
import org.citystream.simulator.scenario.TruthFile;
import org.jspecify.annotations.Nullable;

/**
 * The readings of a simulated city in the order in which its sensors send them. Each sensor has a habit of its own: it
 * reports 2 to 19 s after the end of its period.
 */
final class SimulatedReadings implements Iterator<Outgoing> {
    private static final int EARLIEST_SECONDS = 2;
    private static final int HABIT_SECONDS = 16;
    private static final Comparator<Outgoing> ORDER =
            Comparator.comparing(Outgoing::sentAt).thenComparing(Outgoing::sensorId);

    private final City city;
    private final Itinerary itinerary;
    private final CitySimulation simulation;
    private final Truth truth;
    private final TruthFile truthFile;
    private final Draws delays;
    private final @Nullable Instant end;
    private final Deque<Outgoing> minute = new ArrayDeque<>();

    /** @param duration ends so long after the arrival; null: never */
    SimulatedReadings(
            City city, Scenario scenario, Itinerary itinerary, TruthFile truthFile, @Nullable Duration duration) {
        this.city = city;
        this.itinerary = itinerary;
        this.truthFile = truthFile;
        Course course = scenario.course(city, itinerary.run());
        this.truth = new Truth(course);
        this.simulation = new CitySimulation(
                city, itinerary.run().seed(), course, itinerary.run().origin());
        this.delays = Draws.of(itinerary.run().seed()).stream("delays");
        this.end = duration == null ? null : itinerary.arrival().plus(duration);
    }

    @Override
    public boolean hasNext() {
        while (minute.isEmpty()) {
            if (end != null && !simulation.now().isBefore(end)) {
                return false;
            }
            advance();
        }
        return true;
    }

    @Override
    public Outgoing next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return minute.remove();
    }

    private void advance() {
        boolean wanted = simulation.now().plusSeconds(60).isAfter(itinerary.trafficAfter())
                && simulation.now().plusSeconds(120).isAfter(itinerary.sentAfter());
        CityMinute state = simulation.advance(wanted);
        truth.observe(state);
        if (wanted) {
            truthFile.write(truth.episodes());
        }
        List<Outgoing> readings = new ArrayList<>();
        if (state.end().isAfter(itinerary.trafficAfter())) {
            state.traffic()
                    .forEach(reading -> readings.add(
                            Outgoing.of(reading, city.id(), sentAt(reading.sensorId(), reading.observedAt()))));
        }
        if (state.end().isAfter(itinerary.airAfter())) {
            state.air()
                    .forEach(reading -> readings.add(
                            Outgoing.of(reading, city.id(), sentAt(reading.sensorId(), reading.observedAt()))));
        }
        readings.removeIf(reading -> !reading.sentAt().isAfter(itinerary.sentAfter()));
        readings.sort(ORDER);
        minute.addAll(readings);
    }

    private Instant sentAt(String sensorId, Instant observedAt) {
        Draws own = delays.stream(sensorId);
        double seconds = EARLIEST_SECONDS + HABIT_SECONDS * own.uniform(0) + own.uniform(observedAt.getEpochSecond());
        return observedAt.plusMillis(Math.round(seconds * 1000));
    }
}
