package org.citystream.simulator.fault;

import java.time.Duration;
import java.util.List;

/** Some messages take a longer way than those after them. */
final class OutOfOrder implements Fault {
    private final FaultSettings settings;

    OutOfOrder(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        if (!settings.strikes(message)) {
            return List.of(message);
        }
        double longest = settings.duration("by", Duration.ofMinutes(5)).toMillis();
        return List.of(message.later(Duration.ofMillis(Math.round(longest * settings.uniform(message, 1)))));
    }
}
