package org.citystream.stack.chaos;

import java.time.Duration;
import java.time.Instant;

/** What comes through the pipeline. */
public interface Flow {
    /** When a reading was last seen in Kafka, wall clock; {@link Instant#MIN} before the first. */
    Instant lastReadingAt();

    /** Likewise a summary. */
    Instant lastSummaryAt();

    /** How far apart readings are at most while all is well; long, where nobody knows how often they come. */
    Duration longestGap();

    /**
     * Whether what the proof demands has been seen since, and readings keep coming: after a line has been left half open the
     * last that were on their way still arrive.
     */
    default boolean shows(Proof proof, Instant since, Instant now) {
        return switch (proof) {
            case READY -> true;
            case READINGS -> readingsCome(since, now);
            case SUMMARIES -> readingsCome(since, now) && lastSummaryAt().isAfter(since);
        };
    }

    private boolean readingsCome(Instant since, Instant now) {
        return lastReadingAt().isAfter(since)
                && lastReadingAt().plus(longestGap()).isAfter(now);
    }
}
