package org.citystream.gateway;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.citystream.gateway.mqtt.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker tells of the messages it has dropped since it started: it had acknowledged them, and nobody else would say
 * that they are gone. It counts for all its clients together. A broker that does not tell leaves the figure out: 0 would
 * be a promise. Heard over one connection at a time.
 */
final class BrokerDrops {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerDrops.class);
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    private final String topic;
    private final GatewayMetrics metrics;
    private volatile long told;

    /**
     * @param topic where the broker tells; empty if it does not
     */
    BrokerDrops(String topic, GatewayMetrics metrics) {
        this.topic = topic;
        this.metrics = metrics;
    }

    /** Takes a message that is the broker's count, and returns at once whether it was one. */
    boolean take(Delivery delivery) {
        if (!delivery.topic().equals(topic)) {
            return false;
        }
        String payload = new String(delivery.payload(), StandardCharsets.UTF_8);
        if (COUNT.matcher(payload).matches()) {
            tell(Long.parseLong(payload));
        } else {
            LOG.debug("{} does not say a number", topic);
        }
        delivery.acknowledge();
        return true;
    }

    private void tell(long dropped) {
        metrics.brokerDropped(dropped);
        if (dropped > told) {
            LOG.error(
                    "the broker has dropped {} messages since it started, {} of them since we last heard of it: what it"
                            + " had acknowledged is lost to whom it was for. Raise its queue limit",
                    dropped,
                    dropped - told);
        }
        told = dropped;
    }
}
