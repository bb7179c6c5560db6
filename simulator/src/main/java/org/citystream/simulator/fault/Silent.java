package org.citystream.simulator.fault;

import java.util.List;

/** The sensor says nothing, or loses messages. */
final class Silent implements Fault {
    private final FaultSettings settings;

    Silent(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        return settings.strikes(message) ? List.of() : List.of(message);
    }
}
