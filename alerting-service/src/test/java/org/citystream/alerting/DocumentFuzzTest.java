package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.citystream.alerting.label.Matcher;
import org.citystream.alerting.notify.email.MailAddress;
import org.citystream.alerting.route.InvalidRoutesException;
import org.citystream.alerting.route.Routes;
import org.citystream.alerting.route.RoutesReader;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;

/**
 * Coverage-guided search for documents sent to the API that it has no answer to. {@link DocumentCorpusTest} goes over the
 * kept ones; {@code docs/security.md} has the command.
 */
class DocumentFuzzTest {
    /** Either problems, each told, or rules that come back from Kafka as they went there. */
    @FuzzTest(maxDuration = "10m")
    void ruleDocument(byte[] document) throws InvalidRuleException {
        List<Rule> rules;
        try {
            rules = RuleCodec.readDocument(text(document));
        } catch (InvalidRuleException e) {
            assertThat(e.problems()).isNotEmpty();
            return;
        }
        assertThat(rules).isNotEmpty();
        for (Rule rule : rules) {
            assertThat(RuleCodec.read(RuleCodec.write(rule))).isEqualTo(rule);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void ruleRecord(byte[] record) throws InvalidRuleException {
        Rule rule;
        try {
            rule = RuleCodec.read(record);
        } catch (InvalidRuleException e) {
            assertThat(e.problems()).isNotEmpty();
            return;
        }
        assertThat(RuleCodec.read(RuleCodec.write(rule))).isEqualTo(rule);
    }

    @FuzzTest(maxDuration = "10m")
    void routingFile(byte[] yaml) {
        try {
            Routes routes = RoutesReader.read(text(yaml));
            assertThat(routes.root().receiver()).isNotEmpty();
        } catch (InvalidRoutesException e) {
            assertThat(e.problems()).isNotEmpty().doesNotContain("");
        }
    }

    /** A matcher that is read says by itself what it was read from. */
    @FuzzTest(maxDuration = "10m")
    void matcher(byte[] bytes) {
        Matcher matcher;
        try {
            matcher = Matcher.parse(text(bytes));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("");
            return;
        }
        assertThat(Matcher.parse(matcher.toString())).hasToString(matcher.toString());
    }

    /** Whatever is taken has no room for a second header or a second address. */
    @FuzzTest(maxDuration = "10m")
    void mailAddress(byte[] bytes) {
        String url = text(bytes);
        if (MailAddress.problem(url).isEmpty()) {
            assertThat(url)
                    .startsWith("mailto:")
                    .doesNotContainAnyWhitespaces()
                    .doesNotContain(",", ";", "?", "<", ">");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
