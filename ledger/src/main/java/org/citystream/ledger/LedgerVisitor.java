package org.citystream.ledger;

import java.time.Instant;

/** Told what stands in a ledger, in the order in which it was written. */
public interface LedgerVisitor {
    /**
     * A process began to write.
     *
     * @param wall its wall clock
     * @param firstNumber number of the entry that follows
     */
    default void opened(Instant wall, long firstNumber) {}

    /** A message was handed to the broker. */
    default void sent(Entry entry) {}

    /** The message with this number is handed to the broker once more, because nobody knows whether the broker has it. */
    default void repeated(long number) {}

    /** The broker has the message with this number. */
    default void acknowledged(long number) {}

    /** Nobody will ever tell whether the broker has it. */
    default void indefinite(long number) {}
}
