package org.citystream.alerting.route;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Alertmanager writes them ({@code 1h30m}), or ISO 8601 ({@code PT1H30M}). */
final class DurationText {
    private static final Map<String, Long> MILLIS = Map.of(
            "ms",
            1L,
            "s",
            1_000L,
            "m",
            60_000L,
            "h",
            3_600_000L,
            "d",
            86_400_000L,
            "w",
            604_800_000L,
            "y",
            31_536_000_000L);
    /** Longer ones are slips of the pen; and times that far off are not in every database. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final long TOO_LONG = LONGEST.toMillis() + 1;

    private static final Pattern PART = Pattern.compile("([0-9]{1,6})(ms|[smhdwy])");

    private DurationText() {}

    /** @throws IllegalArgumentException if it is not a duration of zero to 366 days */
    static Duration parse(String text) {
        Duration duration = read(text);
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than 366d");
        }
        return duration;
    }

    private static Duration read(String text) {
        String trimmed = text.strip();
        if (trimmed.equals("0")) {
            return Duration.ZERO;
        }
        if (trimmed.startsWith("P")) {
            Duration duration = Duration.parse(trimmed);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("'" + text + "' is negative");
            }
            return duration;
        }
        Matcher part = PART.matcher(trimmed);
        long millis = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            // Hundreds of the largest parts are more than a long has.
            millis =
                    Math.min(TOO_LONG, millis + Long.parseLong(part.group(1)) * MILLIS.getOrDefault(part.group(2), 0L));
            end = part.end();
        }
        if (trimmed.isEmpty() || end != trimmed.length()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 30s, 1h30m or PT5M");
        }
        return Duration.ofMillis(millis);
    }
}
