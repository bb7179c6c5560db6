package org.citystream.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.fault.FaultySensors;
import org.citystream.simulator.fault.Report;
import org.citystream.simulator.fault.Transmission;
import org.citystream.simulator.plan.Cities;
import org.citystream.simulator.scenario.Run;
import org.citystream.simulator.scenario.Scenarios;

/**
 * Ordinary days of a simulated city some of whose sensors have faults, as what every sensor sends.
 *
 * @param messages by sensor, in the order sent
 */
record FaultyCity(City city, TreeMap<String, List<Transmission>> messages) {
    private static final Duration WARM_UP = Duration.ofHours(4);
    private static final String ORDINARY_DAYS = "ordinary-days";

    /** @param faults whose schedules count from {@code from} */
    static FaultyCity play(String name, List<FaultPlan> faults, long seed, Instant from, Duration length) {
        City city = Cities.named(name, seed).city();
        Run run = new Run(seed, ORDINARY_DAYS, from.minus(WARM_UP), List.of(from));
        CitySimulation simulation =
                new CitySimulation(city, seed, Scenarios.named(ORDINARY_DAYS).course(city, run), run.origin());
        FaultySensors sensors = new FaultySensors(faults, city.sensors(), seed, run.arrivals());
        FaultyCity faulty = new FaultyCity(city, new TreeMap<>());
        while (simulation.now().isBefore(from.plus(length))) {
            CityMinute minute = simulation.advance();
            boolean wanted = minute.end().isAfter(from);
            minute.traffic().forEach(reading -> faulty.send(sensors, Report.of(reading), wanted));
            minute.air().forEach(reading -> faulty.send(sensors, Report.of(reading), wanted));
        }
        faulty.messages()
                .values()
                .forEach(sent -> sent.sort((a, b) -> a.sentAt().compareTo(b.sentAt())));
        return faulty;
    }

    /** What one sensor sends; nothing if it never does. */
    List<Transmission> of(String sensorId) {
        return messages.getOrDefault(sensorId, List.of());
    }

    /** A faulty sensor is followed from the beginning, since what is wrong with it may depend on what it has said. */
    private void send(FaultySensors sensors, Report report, boolean wanted) {
        List<Transmission> passed = sensors.pass(new Transmission(report, report.observedAt()));
        if (wanted) {
            messages.computeIfAbsent(report.sensorId(), id -> new ArrayList<>()).addAll(passed);
        }
    }
}
