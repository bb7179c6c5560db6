package org.citystream.simulator.fault;

import java.time.Duration;
import java.util.List;

/** Some messages come again, byte for byte. */
final class Duplicates implements Fault {
    private final FaultSettings settings;

    Duplicates(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        if (!settings.strikes(message)) {
            return List.of(message);
        }
        double longest = settings.duration("by", Duration.ofSeconds(30)).toMillis();
        Duration delay = Duration.ofMillis(1 + Math.round(longest * settings.uniform(message, 1)));
        return List.of(message, message.later(delay));
    }
}
