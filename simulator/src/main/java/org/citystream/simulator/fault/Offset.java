package org.citystream.simulator.fault;

import java.util.List;

/** Values are too high by so many noticeable errors. */
final class Offset implements Fault {
    private final FaultSettings settings;

    Offset(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        double errors = settings.number("by", 2);
        Report offset =
                message.report().changed((measure, value) -> measure.shown(value + errors * measure.typicalError()));
        return settings.strikes(message) ? List.of(message.of(offset)) : List.of(message);
    }
}
