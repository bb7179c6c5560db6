package org.citystream.alerting.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts to list; empty lists and absent values take all.
 *
 * @param states wire names, as are severities and kinds
 * @param subject id of the subject
 * @param from alerts that were not over before it
 * @param to alerts that had started before it
 * @param shadow alerts of shadow rules instead of the others
 */
public record AlertFilter(
        List<String> states,
        List<String> severities,
        List<String> kinds,
        @Nullable String city,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean shadow) {}
