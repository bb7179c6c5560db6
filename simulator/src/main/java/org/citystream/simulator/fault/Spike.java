package org.citystream.simulator.fault;

import java.util.List;

/** Now and then a message's values are many times too high. */
final class Spike implements Fault {
    private final FaultSettings settings;

    Spike(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        if (!settings.strikes(message)) {
            return List.of(message);
        }
        double factor = settings.number("by", 8);
        Report spike = message.report().changed((measure, value) -> measure.shown(value * factor));
        return List.of(message.of(spike));
    }
}
