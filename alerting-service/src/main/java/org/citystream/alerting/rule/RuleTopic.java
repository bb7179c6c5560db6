package org.citystream.alerting.rule;

import java.util.List;
import java.util.function.Consumer;
import org.citystream.model.rule.Rule;

/** The log of rule versions. */
public interface RuleTopic {

    /**
     * Every record from the first to the last.
     *
     * @throws RuleLogException if it cannot be read just now
     */
    void read(Consumer<byte[]> values);

    /**
     * Appends, and returns when the records are safe.
     *
     * @throws RuleLogException if it cannot be written just now
     */
    void append(List<Rule> rules);
}
