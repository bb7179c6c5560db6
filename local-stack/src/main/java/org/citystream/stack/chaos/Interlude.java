package org.citystream.stack.chaos;

/** What is done between faults, when everything is well again. Nothing is broken until it returns. */
@FunctionalInterface
interface Interlude {
    Interlude NONE = () -> {};

    void play() throws InterruptedException;
}
