package org.citystream.benchmarks.sliding;

import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.benchmarks.fold.FoldOperator;
import org.citystream.benchmarks.fold.StateStore;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;

/** Through panes: a reading touches one of them, and a minute that closes moves the hour on. */
public final class PaneRun extends SlidingRun {
    /** As late as Flink's window lets a reading be: not at all. */
    private static final PaneTiming TIMING =
            PaneTiming.standard(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    @Override
    Operator open() throws Exception {
        FoldOperator operator = new FoldOperator(
                (sensors, rules) -> new HourFold(), TIMING, new NoControls(), StateStore.HEAP, this::summary);
        return new Operator() {
            @Override
            public void take(Observation reading) throws Exception {
                operator.take(reading);
            }

            @Override
            public void passed(long millis) throws Exception {
                operator.clock(millis + TIMING.closeAfter().toMillis());
            }

            @Override
            public void close() throws Exception {
                operator.close();
            }
        };
    }

    /** Neither registry nor rules. */
    private record NoControls() implements ControlLog {
        @Override
        public List<Control> readToEnd() {
            return List.of();
        }

        @Override
        public DataStream<Control> follow(StreamExecutionEnvironment env) {
            throw new UnsupportedOperationException("nothing is appended to this log");
        }
    }
}
