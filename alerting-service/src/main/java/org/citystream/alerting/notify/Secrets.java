package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's messages are signed with. While a secret rotates the one before it signs too, so that its owner can
 * change over without refusing a message.
 *
 * @param current {@code whsec_...}, as shown once to its owner
 * @param previous signs along until {@code previousUntil} (wall clock, exclusive)
 */
public record Secrets(
        String current, @Nullable String previous, @Nullable Instant previousUntil) {

    public static Secrets of(String current) {
        return new Secrets(current, null, null);
    }

    /** A new secret; the current one becomes the previous one and signs along until {@code overlapEnd}. */
    public Secrets rotatedTo(String next, Instant overlapEnd) {
        return new Secrets(next, current, overlapEnd);
    }

    /** Those that sign at a moment, the current one first. */
    public List<String> at(Instant now) {
        return previous != null && previousUntil != null && now.isBefore(previousUntil)
                ? List.of(current, previous)
                : List.of(current);
    }

    /** Records end up in logs. */
    @Override
    public String toString() {
        return "Secrets[...]";
    }
}
