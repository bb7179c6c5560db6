package org.citystream.stack.chaos;

import java.util.Optional;
import java.util.Set;

/** A part of the pipeline that may be broken. */
public interface Component {
    String name();

    /** What may be done to it. */
    Set<FaultKind> faults();

    /**
     * Does it; a fault that lasts begins.
     *
     * @throws org.citystream.stack.failure.CityFailure if it cannot be done
     */
    void inflict(FaultKind kind) throws InterruptedException;

    /** Ends a fault that lasts; nothing happens where there is none. */
    void relieve() throws InterruptedException;

    /** Why it does not work just now; empty when it does. */
    Optional<String> problem();

    /** What must have come through for it to count as recovered. */
    Proof proof();
}
