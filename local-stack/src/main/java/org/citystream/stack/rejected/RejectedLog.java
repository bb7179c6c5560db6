package org.citystream.stack.rejected;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.Refusal;
import org.citystream.service.kafka.TopicLog;
import org.citystream.stack.failure.CityFailure;

/** What the gateway rejected, as Kafka keeps it: a month. */
public final class RejectedLog {
    private RejectedLog() {}

    /**
     * The selected messages.
     *
     * @param messages oldest first, the newest {@code limit} of them
     * @param countByReason of all that are selected
     * @param others reasons of those that are not, for somebody who has mistyped one
     */
    public record Found(
            List<RejectedMessage> messages, Map<String, Integer> countByReason, Map<String, Integer> others) {
        /** How many are selected. */
        public int count() {
            return countByReason.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Reads the topic to its current end, keeping no more than {@code limit} messages in memory. */
    public static Found find(KafkaSettings kafka, Selection selection, int limit) {
        java.util.ArrayDeque<RejectedMessage> newest = new java.util.ArrayDeque<>();
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> others = new TreeMap<>();
        try {
            TopicLog.readToEnd(Topics.READINGS_REJECTED, kafka, record -> {
                RejectedMessage message = RejectedMessage.of(record);
                boolean selected = selection.test(message);
                (selected ? counts : others).merge(message.reason(), 1, Integer::sum);
                if (selected) {
                    newest.addLast(message);
                    if (newest.size() > limit) {
                        newest.removeFirst();
                    }
                }
            });
        } catch (KafkaException e) {
            throw new CityFailure(
                    "Kafka at " + kafka.bootstrapServers() + " does not tell: " + Refusal.reason(e),
                    "check that it runs, and --kafka",
                    e);
        }
        return new Found(new ArrayList<>(newest), counts, others);
    }
}
