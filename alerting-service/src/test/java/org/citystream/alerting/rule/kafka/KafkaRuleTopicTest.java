package org.citystream.alerting.rule.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.alerting.rule.RuleLog;
import org.citystream.alerting.rule.RuleLog.Writing;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.alerting.rule.RuleTopic;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.ChildJvm;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Documents of several rules are on the topic whole or not at all, whoever writes and however they end. */
class KafkaRuleTopicTest {
    private static final String TWO_RULES = """
            - {id: one, kind: air-exceedance, pollutant: no2, above: %1$d ug/m3, consecutive-hours: 3}
            - {id: two, kind: air-exceedance, pollutant: o3, above: %1$d ug/m3, consecutive-hours: 3}
            """;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    private final KafkaRuleTopic topic = new KafkaRuleTopic(new KafkaSettings(kafka.bootstrapServers()));

    @BeforeEach
    void empty() {
        kafka.empty(Topics.RULES);
    }

    @Test
    void ofADocumentWhoseWriterDiesHalfwayNothingIsThereAndTheNextIsThereWhole() throws InvalidRuleException {
        int status = ChildJvm.start(List.of("-Xmx128m"), HaltedBetweenRecordsMain.class, kafka.bootstrapServers())
                .awaitEnd();
        assertThat(status).isEqualTo(HaltedBetweenRecordsMain.HALTED);

        assertThat(values()).as("half a document").isEmpty();

        log().apply(TWO_RULES.formatted(200), Writing.WRITTEN);
        assertThat(keys()).containsExactly("one@1", "two@1");
    }

    @Test
    void whoeverBeginsLastIsTheWriterAndWhoIsRefusedMayBeginAgain() throws InvalidRuleException {
        List<Rule> versions = RuleCodec.readDocument(TWO_RULES.formatted(200));
        try (RuleTopic.Change overtaken = topic.begin()) {
            try (RuleTopic.Change last = topic.begin()) {
                last.append(versions.subList(0, 1));
            }
            assertThatThrownBy(() -> overtaken.append(versions.subList(1, 2)))
                    .isInstanceOf(RuleLogException.class)
                    .hasMessageStartingWith("cannot write city.rules.v1: ");
        }
        assertThat(values()).hasSize(1);

        try (RuleTopic.Change again = topic.begin()) {
            again.append(versions.subList(1, 2));
        }
        assertThat(values()).hasSize(2);
    }

    @Test
    void twoWritersTakeTurns() throws InvalidRuleException {
        List<RuleLog> logs = List.of(log(), log());
        for (int i = 0; i < 4; i++) {
            RuleLog writer = logs.get(i % 2);
            RuleLog other = logs.get(1 - i % 2);

            writer.apply(TWO_RULES.formatted(200 + i), Writing.WRITTEN);

            assertThat(other.apply(TWO_RULES.formatted(200 + i), Writing.TOLD_ONLY)
                            .unchanged())
                    .as("what one has written the other sees at once")
                    .extracting(Rule::version)
                    .containsExactly(i + 1, i + 1);
        }
    }

    @Test
    void aChangeThatAppendsNothingLeavesNothing() {
        topic.begin().close();

        assertThat(values()).isEmpty();
    }

    private RuleLog log() {
        return new RuleLog(topic, Optional::empty, Supplier::get);
    }

    private List<byte[]> values() {
        List<byte[]> values = new ArrayList<>();
        topic.read(values::add);
        return values;
    }

    private static List<String> keys() {
        return kafka.consumeAll(Topics.RULES.name()).stream()
                .map(ConsumerRecord::key)
                .toList();
    }
}
