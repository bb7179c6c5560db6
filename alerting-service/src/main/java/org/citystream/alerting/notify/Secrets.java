package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's messages are signed with. While a secret rotates those before it sign too, so that its owner can
 * change over without refusing a message.
 *
 * @param current {@code whsec_...}, as shown once to its owner
 * @param previous sign along, each until its end; the newest first
 */
public record Secrets(String current, List<Previous> previous) {

    /** @param until wall clock, exclusive */
    public record Previous(String secret, Instant until) {
        /** Records end up in logs. */
        @Override
        public String toString() {
            return "Previous[..., " + until + "]";
        }
    }

    public static Secrets of(String current) {
        return new Secrets(current, List.of());
    }

    /**
     * A new secret; the current one signs along for {@code overlap}, and those before it as long as they were to. Without
     * an overlap none does: whoever has a leaked one must not be believed any more.
     */
    public Secrets rotatedTo(String next, Instant now, Duration overlap) {
        return overlap.isZero()
                ? of(next)
                : new Secrets(
                        next,
                        Stream.concat(Stream.of(new Previous(current, now.plus(overlap))), signingAlong(now))
                                .toList());
    }

    private Stream<Previous> signingAlong(Instant now) {
        return previous.stream().filter(old -> now.isBefore(old.until()));
    }

    /** Those that sign at a moment, the current one first. */
    public List<String> at(Instant now) {
        return Stream.concat(Stream.of(current), signingAlong(now).map(Previous::secret))
                .toList();
    }

    /** When the last of the previous ones ends; absent if there are none. */
    public @Nullable Instant previousUntil() {
        return previous.stream()
                .map(Previous::until)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Records end up in logs. */
    @Override
    public String toString() {
        return "Secrets[...]";
    }
}
