package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The sensor chatters: many messages for one, each of a part of the period and all at once. What they add up to is right. */
final class Burst implements Fault {
    private final FaultSettings settings;
    private final int times;

    Burst(FaultSettings settings) {
        this.settings = settings;
        this.times = (int) settings.number("times", 20);
        if (times < 1 || times > 1000) {
            throw new IllegalArgumentException("'times' must be 1 to 1000 but is " + times);
        }
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        Report whole = message.report();
        // No part is shorter than a second.
        int count = Math.min(times, whole.periodSeconds());
        if (!settings.strikes(message) || count < 2) {
            return List.of(message);
        }
        List<Transmission> parts = new ArrayList<>();
        int seconds = whole.periodSeconds() / count;
        for (int i = 0; i < count; i++) {
            int part = i;
            Instant end = whole.observedAt().minusSeconds((long) (count - 1 - i) * seconds);
            Report report = whole.over(end, i == 0 ? whole.periodSeconds() - (count - 1) * seconds : seconds)
                    .changed((measure, value) -> measure == Measure.VEHICLE_COUNT ? slice(value, part, count) : value)
                    .identifiedBy(whole.bootId() + "b", whole.sequence() * times + i);
            parts.add(message.of(report).later(Duration.ofMillis(i)));
        }
        return parts;
    }

    private static double slice(double vehicles, int part, int parts) {
        return Math.floor(vehicles * (part + 1) / parts) - Math.floor(vehicles * part / parts);
    }
}
