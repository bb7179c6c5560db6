package org.citystream.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules are written in transactions: their marks take offsets too, and what is open or undone is nobody's to read. */
class KafkaControlLogTest {
    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final KafkaControlLog log = new KafkaControlLog(KafkaAccess.plain(KAFKA.bootstrapServers()));
    private final KafkaProducer<String, String> writer = producer();

    @BeforeEach
    void prepare() {
        KAFKA.empty(Topics.RULES, Topics.SENSORS);
        writer.initTransactions();
    }

    @AfterEach
    void leaveNothingBehind() {
        writer.close();
        KAFKA.empty(Topics.RULES, Topics.SENSORS);
    }

    @Test
    void theCurrentEndLiesBehindTheMarkOfATransaction() {
        send("a@1", "b@1");
        writer.commitTransaction();
        send("c@1");
        writer.abortTransaction();

        assertThat(log.readToEnd()).extracting(Control::key).containsExactly("a@1", "b@1");
    }

    @Test
    void anOpenTransactionIsNotWaitedFor() {
        send("a@1");
        writer.commitTransaction();
        send("b@1");
        writer.flush();

        assertThat(log.readToEnd()).extracting(Control::key).containsExactly("a@1");

        writer.abortTransaction();
    }

    @Test
    void whoFollowsSeesATransactionWhenItIsCommitted() throws Exception {
        send("a@1", "b@1");
        writer.commitTransaction();
        send("c@1");
        writer.abortTransaction();
        List<String> seen = new ArrayList<>();

        try (CloseableIterator<Control> followed =
                log.follow(StreamExecutionEnvironment.createLocalEnvironment(1)).executeAndCollect("follows")) {
            seen.add(followed.next().key());
            seen.add(followed.next().key());
            send("d@1");
            writer.commitTransaction();
            seen.add(followed.next().key());
        }

        assertThat(seen).containsExactly("a@1", "b@1", "d@1");
    }

    private void send(String... keys) {
        writer.beginTransaction();
        for (String key : keys) {
            writer.send(new ProducerRecord<>(Topics.RULES.name(), key, "{}"));
        }
    }

    private static KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "transactional.id", "rules-of-a-test"),
                new StringSerializer(),
                new StringSerializer());
    }
}
