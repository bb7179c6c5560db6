package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sensor's clock is ahead or behind; or it never was set, and counts from 1970; or it overflows in 2106. */
final class ClockSkew implements Fault {
    /** What 32 bits of seconds can count to. */
    private static final Instant OVERFLOW = Instant.parse("2106-02-07T06:28:15Z");

    private final FaultSettings settings;
    private final @Nullable String to;

    ClockSkew(FaultSettings settings) {
        this.settings = settings;
        this.to = settings.parameters().get("to");
        if (to != null && !to.equals("1970") && !to.equals("2106")) {
            throw new IllegalArgumentException("'to' must be 1970 or 2106 but is " + to);
        }
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        Report skewed = message.report().observedAt(at -> skewed(at, window));
        return settings.strikes(message) ? List.of(message.of(skewed)) : List.of(message);
    }

    private Instant skewed(Instant at, Window window) {
        if (to == null) {
            return at.plus(settings.duration("by", Duration.ofMinutes(15)));
        }
        return to.equals("1970") ? Instant.EPOCH.plus(Duration.between(window.start(), at)) : OVERFLOW;
    }
}
