package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The sensor's sensitivity creeps away, by a share of its values an hour. */
final class Drift implements Fault {
    private final FaultSettings settings;

    Drift(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        if (!settings.strikes(message)) {
            return List.of(message);
        }
        Instant observedAt = message.report().observedAt();
        double hours = Duration.between(window.start(), observedAt).toSeconds() / 3600.0;
        double factor = 1 + settings.number("by", 0.1) * hours;
        return List.of(message.of(message.report().changed((measure, value) -> measure.shown(value * factor))));
    }
}
