package org.citystream.benchmarks.fold;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.citystream.benchmarks.Benchmark;
import org.citystream.benchmarks.city.Density;
import org.citystream.benchmarks.harness.Comparison;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.harness.Rounds;
import org.citystream.benchmarks.harness.Side;
import org.citystream.benchmarks.harness.Target;

/** What a reading costs in the traffic fold, and what that depends on. */
public final class FoldCosts implements Benchmark {
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int HEAP_MB = 3072;

    private final List<Comparison> comparisons;

    private FoldCosts(List<Comparison> comparisons) {
        this.comparisons = comparisons;
    }

    /** A thousand segments and a hundred thousand that send as often. */
    public static FoldCosts bySegments() {
        return new FoldCosts(List.of(new Comparison(
                "segments, 4 readings a pane",
                "reading",
                side("1,000 segments", FEW, 0, StateStore.HEAP, 150, 150),
                side("100,000 segments", MANY, 0, StateStore.HEAP, 11, 2),
                List.of(Target.atMost("B / A", Rounds::bOverA, 1.3)))));
    }

    /** Ten rules that are about other places, and ten thousand of them. */
    public static FoldCosts byRules() {
        return new FoldCosts(List.of(new Comparison(
                "rules elsewhere, 4 readings a pane",
                "reading",
                side("10 rules", FEW, 10, StateStore.HEAP, 150, 150),
                side("10,000 rules", FEW, 10_000, StateStore.HEAP, 150, 150),
                List.of(Target.atMost("B / A", Rounds::bOverA, 1.3)))));
    }

    /** State as objects on the heap, and in RocksDB. */
    public static FoldCosts byState() {
        return new FoldCosts(List.of(new Comparison(
                "state, 4 readings a pane",
                "reading",
                side("heap", FEW, 0, StateStore.HEAP, 150, 150),
                side("RocksDB", FEW, 0, StateStore.ROCKSDB, 150, 150),
                List.of())));
    }

    private static Side side(
            String name, int segments, int foreignRules, String backend, int warmMinutes, int minutes) {
        Parameters parameters = Parameters.none()
                .with(TrafficFoldRun.SEGMENTS, segments)
                .with(TrafficFoldRun.DENSITY, Density.USUAL)
                .with(TrafficFoldRun.FOREIGN_RULES, foreignRules)
                .with(TrafficFoldRun.BACKEND, backend)
                .with(TrafficFoldRun.WARM_MINUTES, warmMinutes)
                .with(TrafficFoldRun.MINUTES, minutes)
                .with(TrafficFoldRun.COMPARED_SEGMENTS, FEW)
                .with(TrafficFoldRun.COMPARED_MINUTES, 6);
        return new Side(name, TrafficFoldRun.class, parameters, HEAP_MB);
    }

    @Override
    public List<Result> run(int rounds, PrintStream progress) throws Exception {
        List<Result> results = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            results.add(comparison.run(rounds, progress));
        }
        return results;
    }
}
