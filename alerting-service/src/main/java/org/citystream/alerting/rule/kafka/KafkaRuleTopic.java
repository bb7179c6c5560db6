package org.citystream.alerting.rule.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.alerting.rule.RuleTopic;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.Refusal;
import org.citystream.service.kafka.TopicChange;
import org.citystream.service.kafka.TopicLog;

/** The rules on {@code city.rules.v1}. */
public final class KafkaRuleTopic implements RuleTopic {
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
    public Change begin() {
        try {
            return new KafkaChange(TopicChange.begin(Topics.RULES, settings));
        } catch (KafkaException e) {
            throw cannotWrite(e);
        }
    }

    private static RuleLogException cannotWrite(KafkaException e) {
        return new RuleLogException("cannot write " + Topics.RULES + ": " + Refusal.reason(e), e);
    }

    private record KafkaChange(TopicChange change) implements Change {
        @Override
        public void append(List<Rule> rules) {
            Map<String, byte[]> records = new LinkedHashMap<>();
            rules.forEach(rule -> records.put(rule.key(), RuleCodec.write(rule)));
            try {
                change.append(records);
            } catch (KafkaException e) {
                throw cannotWrite(e);
            }
        }

        @Override
        public void close() {
            change.close();
        }
    }
}
