package org.citystream.stack.rejected;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.Refusal;
import org.citystream.service.kafka.TopicLog;
import org.citystream.stack.failure.CityFailure;
import org.jspecify.annotations.Nullable;

/** What the gateway rejected, as Kafka keeps it: a month. */
public final class RejectedLog {
    private RejectedLog() {}

    /**
     * How many there are.
     *
     * @param byReason of all that are selected
     * @param others reasons of those that are not, for somebody who has mistyped one
     */
    public record Counts(Map<String, Integer> byReason, Map<String, Integer> others) {
        /** How many are selected. */
        public int selected() {
            return byReason.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * The selected messages.
     *
     * @param messages oldest first, the newest {@code limit} of them
     * @param counts of all, shown or not
     */
    public record Found(List<RejectedMessage> messages, Counts counts) {}

    /** Reads the topic to its current end, keeping no more than {@code limit} messages in memory. */
    public static Found find(KafkaSettings kafka, Selection selection, int limit) {
        ArrayDeque<RejectedMessage> newest = new ArrayDeque<>();
        Counts counts = forEach(kafka, selection, message -> {
            newest.addLast(message);
            if (newest.size() > limit) {
                newest.removeFirst();
            }
        });
        return new Found(new ArrayList<>(newest), counts);
    }

    /**
     * Reads the topic to its current end, message by message, the oldest first.
     *
     * @param each has its way with every selected message; once it has failed it gets no more, and its failure is ours
     */
    public static Counts forEach(KafkaSettings kafka, Selection selection, Consumer<RejectedMessage> each) {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> others = new TreeMap<>();
        // Of who reads a topic one record must not spoil the others; here the first failure ends it.
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        try {
            TopicLog.readToEnd(Topics.READINGS_REJECTED, kafka, record -> {
                RejectedMessage message = RejectedMessage.of(record);
                boolean selected = selection.test(message);
                (selected ? counts : others).merge(message.reason(), 1, Integer::sum);
                if (selected && failure.get() == null) {
                    try {
                        each.accept(message);
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                }
            });
        } catch (KafkaException e) {
            throw new CityFailure(
                    "Kafka at " + kafka.bootstrapServers() + " does not tell: " + Refusal.reason(e),
                    "check that it runs, and --kafka",
                    e);
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return new Counts(counts, others);
    }
}
