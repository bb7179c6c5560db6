package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report on its way.
 *
 * @param damaged what is sent in place of the report's own payload; null: the report as it is
 * @param sentAt the deployment's clock at which it goes out
 */
public record Transmission(Report report, byte @Nullable [] damaged, Instant sentAt) {
    public Transmission(Report report, Instant sentAt) {
        this(report, null, sentAt);
    }

    /** The bytes that are sent. */
    public byte[] payload() {
        return damaged == null ? report.payload() : damaged;
    }

    Transmission of(Report other) {
        return new Transmission(other, damaged, sentAt);
    }

    Transmission later(Duration delay) {
        return new Transmission(report, damaged, sentAt.plus(delay));
    }

    Transmission at(Instant time) {
        return new Transmission(report, damaged, time);
    }

    Transmission damagedTo(byte[] bytes) {
        return new Transmission(report, bytes, sentAt);
    }
}
