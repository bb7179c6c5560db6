package org.citystream.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.citystream.service.config.ConfigurationException;
import org.citystream.simulator.city.City;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.format.SensorFormats;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Scenarios;
import org.jspecify.annotations.Nullable;

/** What is to be simulated, as far as it can be understood without looking at anything else. */
record Wanted(Scenario scenario, List<FaultPlan> faults, City city, SensorFormats formats) {
    /** @throws ConfigurationException naming everything that is wrong */
    static Wanted of(SimulateConfig config) throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        Scenario scenario = understood("--scenario", problems, () -> Scenarios.named(config.scenario));
        List<FaultPlan> faults = understood(
                "--fault",
                problems,
                () -> config.faults.stream().map(FaultPlan::parse).toList());
        City city = understood(
                "--city", problems, () -> config.city.plan(config.seed).city());
        SensorFormats formats = city == null
                ? null
                : understood("--format", problems, () -> SensorFormats.parse(config.formats, city.sensors()));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Wanted(
                Objects.requireNonNull(scenario),
                Objects.requireNonNull(faults),
                Objects.requireNonNull(city),
                Objects.requireNonNull(formats));
    }

    private static <T> @Nullable T understood(String option, List<String> problems, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            problems.add(option + ": " + e.getMessage());
            return null;
        }
    }
}
