package org.citystream.jobs.kafka;

import java.time.Duration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.wire.Topic;

/**
 * Where the jobs write. At least once by default, because every consumer recognises a repetition by its identity; exactly
 * once, in Kafka's transactions, where consumers are not ours. What is written then can be read after the next checkpoint.
 */
public final class Sinks {
    /**
     * As long as brokers allow by default: a transaction must outlive the time between two checkpoints and a restart, or what
     * is in it is lost.
     */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private final KafkaAccess kafka;
    private final boolean exactlyOnce;
    private final String jobName;
    private final Duration transactionTimeout;

    private Sinks(KafkaAccess kafka, boolean exactlyOnce, String jobName, Duration transactionTimeout) {
        this.kafka = kafka;
        this.exactlyOnce = exactlyOnce;
        this.jobName = jobName;
        this.transactionTimeout = transactionTimeout;
    }

    /** @param jobName names its transactions, which no other job may use */
    public static Sinks of(JobEnvironment job, String jobName) {
        return new Sinks(job.kafka(), job.writesExactlyOnce(), jobName, TRANSACTION_TIMEOUT);
    }

    /** With transactions that brokers give up so soon. */
    Sinks withTransactionTimeout(Duration timeout) {
        return new Sinks(kafka, exactlyOnce, jobName, timeout);
    }

    public KafkaSink<KeyedJson> to(Topic topic) {
        KafkaSinkBuilder<KeyedJson> sink = KafkaSink.<KeyedJson>builder()
                .setKafkaProducerConfig(kafka.producer())
                .setBootstrapServers(kafka.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new KeyedJsonSerializer(topic.name()))
                .setProperty("linger.ms", "5")
                .setProperty("compression.type", "lz4");
        if (exactlyOnce) {
            sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix("citystream-" + jobName + "-" + topic.name())
                    // Ids are used again; otherwise each checkpoint leaves new ones behind on the brokers.
                    .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                    .setProperty("transaction.timeout.ms", Long.toString(transactionTimeout.toMillis()));
        }
        return sink.build();
    }
}
