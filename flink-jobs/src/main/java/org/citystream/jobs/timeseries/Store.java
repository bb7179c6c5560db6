package org.citystream.jobs.timeseries;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes lines of the line protocol. Writing a line again changes nothing. */
interface Store extends AutoCloseable {

    /** Writes all lines, or reports why not; part of them may have been written then. */
    Answer write(List<String> lines);

    @Override
    void close();

    /** What the store said to a batch. */
    sealed interface Answer {
        Answer WRITTEN = new Written();

        record Written() implements Answer {}

        /** The content is at fault; the same lines will be refused again. */
        record Refused(String reason) implements Answer {}

        /**
         * The store is at fault, or the way to it.
         *
         * @param retryAfter what the store asked for
         */
        record Unavailable(String reason, @Nullable Duration retryAfter) implements Answer {}
    }
}
