package org.citystream.simulator.fault;

import java.time.Duration;
import java.util.List;

/** After power comes back the sensor is heard rarely at first, and fully only some time later. */
final class SlowStart implements Fault {
    private final FaultSettings settings;

    SlowStart(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        double whole = settings.duration("by", Duration.ofMinutes(30)).toSeconds();
        double since =
                Duration.between(window.start(), message.report().observedAt()).toSeconds();
        return settings.uniform(message, 1) < since / whole ? List.of(message) : List.of();
    }
}
