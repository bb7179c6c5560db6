package org.citystream.model.wire;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka topic of the catalogue.
 *
 * @param key what records are keyed by, for people
 * @param retention how long records are kept; absent: compacted, kept for ever
 */
public record Topic(
        String name, int partitions, String key, @Nullable Duration retention) {

    /** Topic configuration for Kafka's admin client. */
    public Map<String, String> configuration() {
        return retention == null
                ? Map.of("cleanup.policy", "compact")
                : Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis()));
    }

    @Override
    public String toString() {
        return name;
    }
}
