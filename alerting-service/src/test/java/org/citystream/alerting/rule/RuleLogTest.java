package org.citystream.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.junit.jupiter.api.Test;

class RuleLogTest {
    private final InMemory topic = new InMemory();
    private final Turns turns = new Turns();
    private final RuleLog log = new RuleLog(topic, Optional::empty, turns);

    @Test
    void theDefaultsArePublishedOnceAndNobodyIsKeptFromWritingWhenThereAreRules() {
        log.publishDefaultsIfEmpty();
        assertThat(topic.values).hasSameSizeAs(RuleCodec.defaultRules());
        assertThat(turns.taken).isEqualTo(1);

        log.publishDefaultsIfEmpty();
        assertThat(topic.values).hasSameSizeAs(RuleCodec.defaultRules());
        assertThat(turns.taken)
                .as("a service that starts again waits for nobody")
                .isEqualTo(1);
    }

    @Test
    void anotherInstanceThatHasPublishedThemMeanwhileIsSeen() {
        turns.before = () -> topic.begin().append(RuleCodec.defaultRules());
        log.publishDefaultsIfEmpty();
        assertThat(turns.taken).isEqualTo(1);
        assertThat(topic.values).hasSameSizeAs(RuleCodec.defaultRules());
    }

    /** Counts how often others were kept from writing. */
    private static final class Turns implements RuleLog.Exclusion {
        private int taken;
        /** What happens while one's turn is waited for. */
        private Runnable before = () -> {};

        @Override
        public <T> T exclusively(Supplier<T> work) {
            before.run();
            taken++;
            return work.get();
        }
    }

    private static final class InMemory implements RuleTopic {
        private final List<byte[]> values = new ArrayList<>();

        @Override
        public void read(Consumer<byte[]> reader) {
            List.copyOf(values).forEach(reader);
        }

        @Override
        public Change begin() {
            return new Change() {
                @Override
                public void append(List<Rule> rules) {
                    rules.forEach(rule -> values.add(RuleCodec.write(rule)));
                }

                @Override
                public void close() {}
            };
        }
    }
}
