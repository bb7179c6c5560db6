package org.citystream.stack.chaos;

import java.nio.file.Path;
import java.util.Optional;

/** Readings that are sent while things are broken. */
public interface Load extends AutoCloseable {
    /** What its sources have sent, for the audit; empty: the ledgers are named by whoever sends. */
    Optional<Path> ledger();

    /** Why it has broken off; empty while it goes on. */
    String problem();

    /** No more is sent; returns when what was sent is acknowledged or declared indefinite. */
    void stop() throws InterruptedException;

    /** Stops it, and lets go on what stood still for it. */
    @Override
    void close() throws InterruptedException;

    /** Somebody else's. */
    static Load fromElsewhere() {
        return new Load() {
            @Override
            public Optional<Path> ledger() {
                return Optional.empty();
            }

            @Override
            public String problem() {
                return "";
            }

            @Override
            public void stop() {}

            @Override
            public void close() {}
        };
    }
}
