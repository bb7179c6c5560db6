package org.citystream.benchmarks.fold;

import java.io.PrintStream;
import java.util.List;
import org.citystream.benchmarks.Benchmark;
import org.citystream.benchmarks.harness.Comparison;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.harness.Rounds;
import org.citystream.benchmarks.harness.Side;
import org.citystream.benchmarks.harness.Target;

/** What a reading that comes three hours late costs: state on the heap, and in RocksDB. */
public final class Refold implements Benchmark {
    private static final int SEGMENTS = 20;
    private static final int HEAP_MB = 1024;
    private static final double MILLI = 1e6;

    @Override
    public List<Result> run(int rounds, PrintStream progress) throws Exception {
        return List.of(new Comparison(
                        "one refold of three hours",
                        "refold",
                        side("heap", StateStore.HEAP),
                        side("RocksDB", StateStore.ROCKSDB),
                        List.of(
                                Target.atMost("A, ns", Rounds::costOfA, MILLI),
                                Target.atMost("B, ns", Rounds::costOfB, 5 * MILLI)))
                .run(rounds, progress));
    }

    private static Side side(String name, String backend) {
        Parameters parameters = Parameters.none()
                .with(RefoldRun.BACKEND, backend)
                .with(RefoldRun.SEGMENTS, SEGMENTS)
                .with(RefoldRun.WARM_MINUTES, 100)
                .with(RefoldRun.MINUTES, 60)
                .with(RefoldRun.COMPARED_MINUTES, 5);
        return new Side(name, RefoldRun.class, parameters, HEAP_MB);
    }
}
