package org.citystream.gateway.forward;

import java.util.Optional;
import java.util.regex.Pattern;
import org.citystream.gateway.mqtt.Delivery;

/**
 * What an operator's replay carries: which rejected message it is. Anybody can say so, so it is passed on and decides
 * nothing that a sensor could gain by.
 */
public final class ReplayMark {
    /** The MQTT user property, and the Kafka header that it becomes. */
    static final String NAME = "replay-of";

    private static final Pattern REPLAYED = Pattern.compile("\\d{1,5}-\\d{1,18}");

    private ReplayMark() {}

    /** Whose replay a message says it is, if that can be the name of one. */
    public static Optional<String> of(Delivery delivery) {
        return Optional.ofNullable(delivery.userProperty(NAME))
                .filter(replayed -> REPLAYED.matcher(replayed).matches());
    }
}
