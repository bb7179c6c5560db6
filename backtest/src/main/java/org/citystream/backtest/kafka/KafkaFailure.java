package org.citystream.backtest.kafka;

import org.apache.kafka.common.KafkaException;

/** Tells failures of Kafka from others. */
public final class KafkaFailure {
    private KafkaFailure() {}

    /** Whether Kafka could not be reached, or refused. */
    public static boolean is(Exception failure) {
        return failure instanceof KafkaException;
    }
}
