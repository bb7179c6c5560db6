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
     * Begins a change: whoever has begun one before can write no more, and what is read from now on is all that it rests on.
     *
     * @throws RuleLogException if it cannot be written just now
     */
    Change begin();

    /** A change under way; closed without {@link #append} it changes nothing. */
    interface Change extends AutoCloseable {

        /**
         * Appends all or none, and returns when they can be read.
         *
         * @throws RuleLogException if it cannot be written just now, or another has begun to write
         */
        void append(List<Rule> rules);

        @Override
        void close();
    }
}
