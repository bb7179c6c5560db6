package org.citystream.benchmarks;

import java.io.PrintStream;
import java.util.List;
import org.citystream.benchmarks.harness.Result;

/** A benchmark by name. */
public interface Benchmark {

    /**
     * Runs it whole.
     *
     * @param rounds at least five for figures that are to be published
     * @param progress a line per run
     */
    List<Result> run(int rounds, PrintStream progress) throws Exception;
}
