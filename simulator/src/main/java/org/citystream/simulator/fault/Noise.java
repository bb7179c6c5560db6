package org.citystream.simulator.fault;

import java.util.List;

/** Values scatter by so many noticeable errors. */
final class Noise implements Fault {
    private final FaultSettings settings;

    Noise(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        double errors = settings.number("by", 1.5);
        Report noisy = message.report()
                .changed((measure, value) -> measure.shown(
                        value + errors * measure.typicalError() * settings.gaussian(message, 1 + measure.ordinal())));
        return settings.strikes(message) ? List.of(message.of(noisy)) : List.of(message);
    }
}
