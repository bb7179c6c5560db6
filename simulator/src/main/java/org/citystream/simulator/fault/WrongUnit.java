package org.citystream.simulator.fault;

import java.util.List;

/** After an update the sensor reports in other units. */
final class WrongUnit implements Fault {
    private final FaultSettings settings;

    WrongUnit(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        Report other = message.report().changed(Measure::inWrongUnit);
        return settings.strikes(message) ? List.of(message.of(other)) : List.of(message);
    }
}
