package org.citystream.jobs.time;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * What became of readings, counted exactly once: the counts are operator state, restored together with the state that
 * the counted readings made, and added up on rescale. In every aligned checkpoint, over all subtasks,
 * {@code readingsIn = readingsCounted + readingsDuplicate + readingsLate + readingsBehindSnapshot}, and
 * {@code partsTold = partsCounted + partsRepeated + partsBehindSnapshot} between subjects and their groups.
 */
public final class Conservation {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, ListState<Long>> states = new LinkedHashMap<>();

    /** @param names of the counts, which are metrics of the same names */
    public Conservation(String... names) {
        for (String name : names) {
            counts.put(name, 0L);
        }
    }

    /** Call from {@code initializeState}. */
    public void restore(FunctionInitializationContext context, @Nullable MetricGroup metrics) throws Exception {
        for (String name : List.copyOf(counts.keySet())) {
            ListState<Long> state =
                    context.getOperatorStateStore().getListState(new ListStateDescriptor<>(name, Types.LONG));
            states.put(name, state);
            for (Long part : state.get()) {
                counts.merge(name, part, Long::sum);
            }
            if (metrics != null) {
                metrics.gauge(name, (Gauge<Long>) () -> count(name));
            }
        }
    }

    /** Call from {@code snapshotState}. */
    public void snapshot() throws Exception {
        for (Map.Entry<String, ListState<Long>> entry : states.entrySet()) {
            entry.getValue().update(new ArrayList<>(List.of(count(entry.getKey()))));
        }
    }

    public void add(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
