package org.citystream.gateway.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that stands until it is moved. */
public final class Wall implements InstantSource {
    private volatile Instant now;

    public Wall(String now) {
        this.now = Instant.parse(now);
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
