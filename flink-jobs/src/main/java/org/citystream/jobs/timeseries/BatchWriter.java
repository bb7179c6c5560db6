package org.citystream.jobs.timeseries;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers lines and brings them into the store: pauses and tries again while the store is unavailable, and halves a
 * refused batch until the bad line stands alone, which is counted and set apart. Not thread-safe.
 */
final class BatchWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

    private final Store store;
    private final WritePolicy policy;
    private final Pause pause;
    private final Counts counts;
    private final RejectedLines rejected;
    /* A set: a window rewritten within one batch need not travel twice. */
    private final Collection<String> lines = new LinkedHashSet<>();

    BatchWriter(Store store, WritePolicy policy, Pause pause, Counts counts, RejectedLines rejected) {
        this.store = store;
        this.policy = policy;
        this.pause = pause;
        this.counts = counts;
        this.rejected = rejected;
    }

    /** Waits; a test counts instead. */
    interface Pause {
        Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

        void of(Duration duration) throws InterruptedException;
    }

    /** Told what happened to lines. */
    interface Counts {
        void written(int lines);

        void refused();

        void retried();
    }

    /** Where lines go that the store does not take. */
    interface RejectedLines extends AutoCloseable {
        /**
         * Returns when the line is safe there.
         *
         * @param reason in the store's words
         * @throws IOException if it cannot be put there; the batch is kept
         */
        void put(String line, String reason) throws IOException, InterruptedException;

        @Override
        void close();
    }

    /** Whether nothing waits to be written. */
    boolean isEmpty() {
        return lines.isEmpty();
    }

    void add(String line) throws IOException, InterruptedException {
        lines.remove(line);
        lines.add(line);
        if (lines.size() >= policy.batchLines()) {
            flush();
        }
    }

    /**
     * Writes everything gathered.
     *
     * @throws IOException if the store stays unavailable for longer than the policy's patience
     */
    void flush() throws IOException, InterruptedException {
        if (lines.isEmpty()) {
            return;
        }
        List<String> batch = new ArrayList<>(lines);
        write(batch);
        lines.clear();
    }

    private void write(List<String> batch) throws IOException, InterruptedException {
        Store.Answer answer = persistently(batch);
        if (answer instanceof Store.Answer.Refused refused) {
            if (batch.size() == 1) {
                LOG.warn("the time-series store refused a point, set apart: {} ({})", batch.get(0), refused.reason());
                rejected.put(batch.get(0), refused.reason());
                counts.refused();
                return;
            }
            int half = batch.size() / 2;
            write(batch.subList(0, half));
            write(batch.subList(half, batch.size()));
            return;
        }
        counts.written(batch.size());
    }

    private Store.Answer persistently(List<String> batch) throws IOException, InterruptedException {
        Duration waited = Duration.ZERO;
        Duration next = policy.firstPause();
        while (true) {
            Store.Answer answer = store.write(batch);
            if (!(answer instanceof Store.Answer.Unavailable unavailable)) {
                return answer;
            }
            if (waited.compareTo(policy.giveUpAfter()) >= 0) {
                throw new IOException("the time-series store took no points for " + waited.toSeconds() + " s: "
                        + unavailable.reason());
            }
            Duration wait =
                    shorter(unavailable.retryAfter() == null ? next : unavailable.retryAfter(), policy.longestPause());
            LOG.info("the time-series store is unavailable, next attempt in {}: {}", wait, unavailable.reason());
            counts.retried();
            pause.of(wait);
            waited = waited.plus(wait);
            next = shorter(next.multipliedBy(2), policy.longestPause());
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    @Override
    public void close() {
        store.close();
        rejected.close();
    }
}
