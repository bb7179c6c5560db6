package org.citystream.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.citystream.ledger.MessageId;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.fault.FaultySensors;
import org.citystream.simulator.fault.Report;
import org.citystream.simulator.fault.Transmission;
import org.citystream.simulator.publish.Outgoing;
import org.citystream.simulator.scenario.Course;
import org.citystream.simulator.scenario.Run;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Truth;
import org.citystream.simulator.scenario.TruthFile;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a simulated city in the order in which they are sent. Each sensor has a habit of its own: it reports 2
 * to 19 s after the end of its period. A reading is written down when it is sent, so that a minute of a large city is held
 * as its traffic, not as messages; only what faults change and delay is kept.
 */
final class SimulatedReadings implements Iterator<Outgoing> {
    /** Nobody sends earlier after the end of a period than this. */
    private static final int EARLIEST_SECONDS = 2;

    private static final Comparator<Outgoing> ORDER =
            Comparator.comparing(Outgoing::sentAt).thenComparing(Outgoing::sensorId);
    /** Places of detectors are packed beside their send times within the minute, in this many bits. */
    private static final int PLACE_BITS = 32;

    private final City city;
    private final Itinerary itinerary;
    private final CitySimulation simulation;
    private final FaultySensors faults;
    private final Truth truth;
    private final TruthFile truthFile;
    private final @Nullable Instant end;
    private final Habits habits;
    private final int[] healthyPlaces;
    private final int[] faultyPlaces;
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final ArrayDeque<Outgoing> ready = new ArrayDeque<>();
    private long[] detectors = {};
    private int nextDetector;
    private long laters;
    private @Nullable CityMinute minute;

    /** A message that waits for its time; those of one time go in the order in which they were said. */
    private record Later(Outgoing message, long number) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            int byTime = ORDER.compare(message, other.message);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /**
     * @param faults beside those of the scenario
     * @param duration ends so long after the arrival; null: never
     * @throws IllegalArgumentException if a fault strikes no sensor
     */
    SimulatedReadings(
            City city,
            Scenario scenario,
            List<FaultPlan> faults,
            Itinerary itinerary,
            TruthFile truthFile,
            @Nullable Duration duration) {
        this.city = city;
        this.itinerary = itinerary;
        this.truthFile = truthFile;
        Run run = itinerary.run();
        Course course = scenario.course(city, run);
        List<FaultPlan> plans = new ArrayList<>(course.faults());
        plans.addAll(faults);
        this.faults = new FaultySensors(plans, city.sensors(), run.seed(), run.arrivals());
        this.truth = new Truth(course, this.faults);
        this.simulation = new CitySimulation(city, run.seed(), course, run.origin());
        this.habits = new Habits(city, Draws.of(run.seed()).stream("delays"));
        this.healthyPlaces = places(false);
        this.faultyPlaces = places(true);
        this.end = duration == null ? null : itinerary.arrival().plus(duration);
    }

    private int[] places(boolean faulty) {
        return IntStream.range(0, habits.places())
                .filter(place -> faults.strike(habits.sensorId(place)) == faulty)
                .toArray();
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty()) {
            if (nextDetector < detectors.length || isDue(later.peek())) {
                prepare();
            } else if (end != null && !simulation.now().isBefore(end)) {
                return false;
            } else {
                advance();
            }
        }
        return true;
    }

    @Override
    public Outgoing next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /** Whether nothing that is still to be simulated can come before it. */
    private boolean isDue(@Nullable Later head) {
        return head != null && head.message().sentAt().isBefore(simulation.now().plusSeconds(EARLIEST_SECONDS + 60));
    }

    /** Makes ready what comes next: a detector's readings of the minute, or a message that had to wait. */
    private void prepare() {
        Later head = later.peek();
        boolean ordinary = nextDetector < detectors.length;
        if (ordinary && (head == null || detectorTime().isBefore(head.message().sentAt()))) {
            int place = (int) detectors[nextDetector];
            Instant sentAt = detectorTime();
            nextDetector++;
            CityMinute state = Objects.requireNonNull(minute);
            for (TrafficReading reading : state.traffic(habits.corridor(place), habits.detector(place))) {
                give(Outgoing.of(reading, city.id(), sentAt));
            }
        } else {
            give(later.remove().message());
        }
    }

    private void give(Outgoing message) {
        if (message.sentAt().isAfter(itinerary.sentAfter())) {
            ready.add(message);
        }
    }

    private Instant detectorTime() {
        return simulation.now().plusMillis(detectors[nextDetector] >>> PLACE_BITS);
    }

    private void advance() {
        boolean wanted = simulation.now().plusSeconds(60).isAfter(itinerary.trafficAfter())
                && simulation.now().plusSeconds(120).isAfter(itinerary.sentAfter());
        CityMinute state = simulation.advance();
        minute = state;
        truth.observe(state);
        if (wanted) {
            truthFile.write(truth.episodes(), state.end());
        }
        boolean traffic = wanted && state.end().isAfter(itinerary.trafficAfter());
        detectors = traffic ? sendingOrder(state.end()) : new long[0];
        nextDetector = 0;
        faultyDetectors(state);
        for (AirQualityReading reading : state.air()) {
            Instant sentAt = habits.sentAt(reading.sensorId(), reading.observedAt());
            if (faults.strike(reading.sensorId())) {
                pass(new Transmission(Report.of(reading), sentAt), itinerary.airAfter());
            } else if (state.end().isAfter(itinerary.airAfter())) {
                keep(Outgoing.of(reading, city.id(), sentAt));
            }
        }
    }

    /** The healthy detectors, each as milliseconds after the minute and place, in order of time. */
    private long[] sendingOrder(Instant observedAt) {
        long[] order = new long[healthyPlaces.length];
        for (int i = 0; i < order.length; i++) {
            int place = healthyPlaces[i];
            order[i] = (long) habits.delayMillis(place, observedAt) << PLACE_BITS | place;
        }
        Arrays.sort(order);
        return order;
    }

    /** A faulty sensor is followed from the beginning of the run, so that a restart finds it as it was. */
    private void faultyDetectors(CityMinute state) {
        for (int place : faultyPlaces) {
            Instant sentAt = state.end().plusMillis(habits.delayMillis(place, state.end()));
            for (TrafficReading reading : state.traffic(habits.corridor(place), habits.detector(place))) {
                pass(new Transmission(Report.of(reading), sentAt), itinerary.trafficAfter());
            }
        }
    }

    private void pass(Transmission message, Instant after) {
        boolean published = message.report().observedAt().isAfter(after);
        for (Transmission passed : faults.pass(message)) {
            if (published) {
                keep(outgoing(passed));
            }
        }
    }

    private Outgoing outgoing(Transmission message) {
        Report report = message.report();
        MessageId id = new MessageId(
                report.sensorId(), report.bootId(), report.sequence(), report.laneId(), report.observedAt());
        return Outgoing.of(report.kind(), id, message.payload(), city.id(), message.sentAt());
    }

    private void keep(Outgoing message) {
        if (message.sentAt().isAfter(itinerary.sentAfter())) {
            later.add(new Later(message, laters++));
        }
    }
}
