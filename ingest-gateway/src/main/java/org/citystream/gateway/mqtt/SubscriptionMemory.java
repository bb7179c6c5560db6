package org.citystream.gateway.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What the session is subscribed to, so that what a changed configuration no longer wants can be unsubscribed: MQTT has no
 * way to ask. Kept where the session is kept, by the broker: each filter is a retained message, and those that come back
 * and are not wanted any more are gone. Any thread.
 */
final class SubscriptionMemory {
    private final String root;
    private final Set<String> wanted;
    private final Queue<String> gone = new ConcurrentLinkedQueue<>();

    SubscriptionMemory(String root, List<String> wanted) {
        this.root = root;
        this.wanted = Set.copyOf(wanted);
    }

    /** What to subscribe to, to be reminded. */
    String filter() {
        return root + "/+";
    }

    /** Where a filter is kept. */
    String topicOf(String filter) {
        CRC32 crc = new CRC32();
        crc.update(filter.getBytes(StandardCharsets.UTF_8));
        return root + "/" + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Takes a message that is a reminder; returns whether it was one. */
    boolean take(String topic, byte[] payload) {
        if (!topic.startsWith(root + "/")) {
            return false;
        }
        String filter = new String(payload, StandardCharsets.UTF_8);
        if (!filter.isEmpty() && !wanted.contains(filter) && topic.equals(topicOf(filter))) {
            gone.add(filter);
        }
        return true;
    }

    /** The next filter to unsubscribe; null if there is none. */
    @Nullable String nextGone() {
        return gone.poll();
    }
}
