package org.citystream.stack.chaos;

/** What shows that a component does its work again, besides what it says itself. */
public enum Proof {
    /** Its own word is enough. */
    READY,
    /** A new reading stands in Kafka. */
    READINGS,
    /** A new reading and a new summary stand in Kafka, of traffic where there is any. */
    SUMMARIES
}
