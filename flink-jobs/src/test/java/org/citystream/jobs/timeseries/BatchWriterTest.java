package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.citystream.jobs.timeseries.BatchWriter.RejectedLines;
import org.citystream.jobs.timeseries.Store.Answer;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
    private static final WritePolicy POLICY = new WritePolicy(
            4, Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final Answer BUSY = new Answer.Unavailable("busy", null);

    private final FakeStore store = new FakeStore();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int written;
    private final BatchWriter writer = new BatchWriter(
            store,
            POLICY,
            pauses::add,
            new BatchWriter.Counts() {
                @Override
                public void written(int lines) {
                    written += lines;
                }

                @Override
                public void refused() {}

                @Override
                public void retried() {}
            },
            new RejectedLines() {
                @Override
                public void put(String line, String reason) {
                    refused.add(line + ": " + reason);
                }

                @Override
                public void close() {}
            });

    @Test
    void linesTravelTogetherOnceABatchIsFull() throws Exception {
        add("a", "b", "c");
        assertThat(store.requests).isEmpty();
        add("d");
        assertThat(store.requests).containsExactly(List.of("a", "b", "c", "d"));
        assertThat(writer.isEmpty()).isTrue();
    }

    @Test
    void aLineRepeatedWithinABatchTravelsOnceAtItsLastPlace() throws Exception {
        add("a", "b", "a");
        writer.flush();
        assertThat(store.requests).containsExactly(List.of("b", "a"));
    }

    @Test
    void anUnavailableStoreIsTriedAgainWithGrowingPausesAndLosesNothing() throws Exception {
        store.answers.addAll(List.of(BUSY, BUSY, BUSY));
        add("a", "b");
        writer.flush();

        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(written).isEqualTo(2);
    }

    @Test
    void theStoresOwnRetryAfterIsObeyedWithinReason() throws Exception {
        store.answers.add(new Answer.Unavailable("busy", Duration.ofSeconds(1)));
        store.answers.add(new Answer.Unavailable("busy", Duration.ofHours(1)));
        add("a");
        writer.flush();

        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aStoreThatStaysAwayFailsTheJobAndTheBatchIsKept() throws Exception {
        for (int i = 0; i < 20; i++) {
            store.answers.add(BUSY);
        }
        add("a");
        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class).hasMessageContaining("busy");
        assertThat(writer.isEmpty()).isFalse();
    }

    @Test
    void oneBadPointIsLeftOutAndEveryOtherIsWritten() throws Exception {
        store.bad = "c";
        add("a", "b", "c", "d");

        assertThat(refused).containsExactly("c: bad line");
        assertThat(store.held).containsExactly("a", "b", "d");
        assertThat(written).isEqualTo(3);
    }

    private void add(String... lines) throws IOException, InterruptedException {
        for (String line : lines) {
            writer.add(line);
        }
    }

    /** Holds lines like a store that refuses a whole request for one bad line. */
    private static final class FakeStore implements Store {
        final Deque<Answer> answers = new ArrayDeque<>();
        final List<List<String>> requests = new ArrayList<>();
        final List<String> held = new ArrayList<>();
        String bad = "";

        @Override
        public Answer write(List<String> lines) {
            requests.add(List.copyOf(lines));
            if (!answers.isEmpty()) {
                return answers.remove();
            }
            if (lines.contains(bad)) {
                return new Answer.Refused("bad line");
            }
            held.addAll(lines);
            return Answer.WRITTEN;
        }

        @Override
        public void close() {}
    }
}
