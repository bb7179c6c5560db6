package org.citystream.benchmarks.sliding;

import java.io.PrintStream;
import java.util.List;
import org.citystream.benchmarks.Benchmark;
import org.citystream.benchmarks.harness.Comparison;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.harness.Rounds;
import org.citystream.benchmarks.harness.Side;
import org.citystream.benchmarks.harness.Target;

/** Sixty-minute aggregates that slide by one minute: panes against Flink's sliding windows. */
public final class SlidingHours implements Benchmark {
    private static final int HEAP_MB = 2048;

    @Override
    public List<Result> run(int rounds, PrintStream progress) throws Exception {
        Parameters parameters = Parameters.none()
                .with(SlidingRun.SEGMENTS, 500)
                .with(SlidingRun.WARM_MINUTES, 120)
                .with(SlidingRun.MINUTES, 100)
                .with(SlidingRun.COMPARED_MINUTES, 130);
        return List.of(new Comparison(
                        "60 min sliding by 1 min",
                        "reading",
                        new Side("panes", PaneRun.class, parameters, HEAP_MB),
                        new Side("SlidingEventTimeWindows", FlinkWindowRun.class, parameters, HEAP_MB),
                        List.of(Target.atLeast("B / A", Rounds::bOverA, 5)))
                .run(rounds, progress));
    }
}
