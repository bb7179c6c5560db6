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
        if (!settings.strikes(message) || whole.periodSeconds() < times) {
            return List.of(message);
        }
        List<Transmission> parts = new ArrayList<>();
        int seconds = whole.periodSeconds() / times;
        for (int i = 0; i < times; i++) {
            int part = i;
            Instant end = whole.observedAt().minusSeconds((long) (times - 1 - i) * seconds);
            Report report = whole.over(end, i == 0 ? whole.periodSeconds() - (times - 1) * seconds : seconds)
                    .changed((measure, value) -> measure == Measure.VEHICLE_COUNT ? slice(value, part) : value)
                    .identifiedBy(whole.bootId() + "b", whole.sequence() * times + i);
            parts.add(message.of(report).later(Duration.ofMillis(i)));
        }
        return parts;
    }

    private double slice(double count, int part) {
        return Math.floor(count * (part + 1) / times) - Math.floor(count * part / times);
    }
}
