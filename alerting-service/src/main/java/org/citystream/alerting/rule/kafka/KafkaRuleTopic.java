package org.citystream.alerting.rule.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.alerting.rule.RuleTopic;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;

/** The rules on {@code city.rules.v1}. */
public final class KafkaRuleTopic implements RuleTopic {
    private static final long WRITE_TIMEOUT_SECONDS = 10;

    private final KafkaSettings settings;

    public KafkaRuleTopic(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public void read(Consumer<byte[]> values) {
        try {
            TopicLog.readToEnd(Topics.RULES, settings, record -> {
                if (record.value() != null) {
                    values.accept(record.value());
                }
            });
        } catch (KafkaException e) {
            throw new RuleLogException("cannot read " + Topics.RULES + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void append(List<Rule> rules) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings.producer())) {
            List<Future<RecordMetadata>> written = new ArrayList<>();
            for (Rule rule : rules) {
                written.add(
                        producer.send(new ProducerRecord<>(Topics.RULES.name(), rule.key(), RuleCodec.write(rule))));
            }
            for (Future<RecordMetadata> record : written) {
                record.get(WRITE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new RuleLogException("cannot write " + Topics.RULES + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuleLogException("interrupted while writing " + Topics.RULES, e);
        }
    }
}
