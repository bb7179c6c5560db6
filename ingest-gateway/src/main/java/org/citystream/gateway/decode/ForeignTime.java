package org.citystream.gateway.decode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as other formats write them. */
final class ForeignTime {
    /** Whoever writes a time without zone is flagged so, unless the configuration names the zone. */
    static final String ZONE_ASSUMED = "time-zone-assumed";

    private ForeignTime() {}

    /** ISO 8601 with an offset, or without one in the given zone, which is UTC and flagged if it is null. */
    static Instant parse(String text, @Nullable ZoneId zone, ReadingDraft draft) throws Refusal {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException withoutOffset) {
            return local(text, zone, draft);
        }
    }

    private static Instant local(String text, @Nullable ZoneId zone, ReadingDraft draft) throws Refusal {
        try {
            LocalDateTime local = LocalDateTime.parse(text.replace(' ', 'T'));
            if (zone == null) {
                draft.flag(ZONE_ASSUMED);
            }
            return local.atZone(zone == null ? ZoneOffset.UTC : zone).toInstant();
        } catch (DateTimeException e) {
            throw new Refusal(RejectReason.BAD_TIME, "'" + text + "' is no ISO 8601 time");
        }
    }

    /** Seconds since 1970, to the nanosecond as far as the number carries them. */
    static Instant ofEpochSeconds(double seconds) throws Refusal {
        if (!(Math.abs(seconds) < 1e11)) {
            throw new Refusal(RejectReason.BAD_TIME, seconds + " is no time in seconds since 1970");
        }
        double whole = Math.floor(seconds);
        // A double carries microseconds of today's times, not more.
        return Instant.ofEpochSecond((long) whole, Math.round((seconds - whole) * 1e6) * 1_000);
    }

    /** The period from one time to the other, put into the draft in whole seconds; none if both are the same. */
    static void period(ReadingDraft draft, Instant from, Instant to) throws Refusal {
        double seconds = Math.rint(Duration.between(from, to).toMillis() / 1000.0);
        if (seconds != 0 || to.isBefore(from)) {
            draft.periodSeconds(seconds);
        }
    }
}
