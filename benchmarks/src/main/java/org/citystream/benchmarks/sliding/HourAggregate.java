package org.citystream.benchmarks.sliding;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.citystream.analytics.pane.Observation;

/** Readings and vehicles of a Flink window. */
final class HourAggregate implements AggregateFunction<Observation, long[], long[]> {
    private static final long serialVersionUID = 1;

    @Override
    public long[] createAccumulator() {
        return new long[2];
    }

    @Override
    public long[] add(Observation reading, long[] sums) {
        sums[0]++;
        sums[1] += reading.support();
        return sums;
    }

    @Override
    public long[] getResult(long[] sums) {
        return sums;
    }

    @Override
    public long[] merge(long[] a, long[] b) {
        return new long[] {a[0] + b[0], a[1] + b[1]};
    }
}
