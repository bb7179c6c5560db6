package org.citystream.simulator.fault;

import java.util.List;

/** The instrument stands at its stop: 999 µg/m³ of particles; a loop that is covered for ever and counts none. */
final class Saturation implements Fault {
    private final FaultSettings settings;

    Saturation(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        Report stopped = message.report().changed((measure, value) -> measure.saturated());
        return settings.strikes(message) ? List.of(message.of(stopped)) : List.of(message);
    }
}
