package org.citystream.stack.chaos;

import java.time.Instant;

/** What comes through the pipeline. */
public interface Flow {
    /** When a reading was last seen in Kafka, wall clock; {@link Instant#MIN} before the first. */
    Instant lastReadingAt();

    /** Likewise a summary. */
    Instant lastSummaryAt();

    /** Whether what the proof demands has been seen since. */
    default boolean shows(Proof proof, Instant since) {
        return switch (proof) {
            case READY -> true;
            case READINGS -> lastReadingAt().isAfter(since);
            case SUMMARIES -> lastReadingAt().isAfter(since) && lastSummaryAt().isAfter(since);
        };
    }
}
