package org.citystream.benchmarks.harness;

/** One way of doing the work. Has a constructor without arguments, and a JVM of its own for each run. */
public interface Workload {

    /** Warms up, then does the work, timed. With {@link Parameters#isCheck} says what it computed instead. */
    Sample run(Parameters parameters) throws Exception;
}
