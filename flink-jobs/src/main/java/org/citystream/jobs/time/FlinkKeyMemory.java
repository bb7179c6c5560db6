package org.citystream.jobs.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;
import org.citystream.analytics.pane.Folded;
import org.citystream.analytics.pane.KeyMemory;
import org.citystream.analytics.pane.KeyState;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneTiming;
import org.jspecify.annotations.Nullable;

/** The current key's memory in Flink's keyed state. */
final class FlinkKeyMemory<S> implements KeyMemory<S> {
    /** A few panes are fetched one by one; more are cheaper to find by going through all. */
    private static final int FETCHED_SINGLY = 8;

    private final MapState<Long, Pane> panes;
    private final MapState<Long, Folded<S>> marks;
    private final ValueState<KeyState<S>> state;
    private final TimerService timers;
    private final long paneMillis;

    FlinkKeyMemory(
            MapState<Long, Pane> panes,
            MapState<Long, Folded<S>> marks,
            ValueState<KeyState<S>> state,
            TimerService timers,
            PaneTiming timing) {
        this.panes = panes;
        this.marks = marks;
        this.state = state;
        this.timers = timers;
        this.paneMillis = timing.pane().toMillis();
    }

    @Override
    public @Nullable Pane pane(long start) {
        return checked(() -> panes.get(start));
    }

    @Override
    public void putPane(long start, Pane pane) {
        checked(() -> {
            panes.put(start, pane);
            return null;
        });
    }

    @Override
    public void removePanes(long from, long to) {
        checked(() -> {
            if (isFew(from, to)) {
                for (long start = from; start < to; start += paneMillis) {
                    panes.remove(start);
                }
            } else {
                // Not by the iterator: on the heap that leaves an empty map behind.
                List<Long> leaving = new ArrayList<>();
                for (Long start : panes.keys()) {
                    if (start >= from && start < to) {
                        leaving.add(start);
                    }
                }
                for (Long start : leaving) {
                    panes.remove(start);
                }
            }
            return null;
        });
    }

    private boolean isFew(long from, long to) {
        return from >= to - FETCHED_SINGLY * paneMillis;
    }

    @Override
    public SortedMap<Long, Pane> panes(long from, long to) {
        TreeMap<Long, Pane> found = new TreeMap<>();
        checked(() -> {
            if (isFew(from, to)) {
                for (long start = from; start < to; start += paneMillis) {
                    Pane pane = panes.get(start);
                    if (pane != null) {
                        found.put(start, pane);
                    }
                }
            } else {
                for (Map.Entry<Long, Pane> entry : panes.entries()) {
                    if (entry.getKey() >= from && entry.getKey() < to) {
                        found.put(entry.getKey(), entry.getValue());
                    }
                }
            }
            return null;
        });
        return found;
    }

    @Override
    public @Nullable Folded<S> mark(long upTo) {
        return checked(() -> marks.get(upTo));
    }

    @Override
    public void putMark(Folded<S> mark) {
        checked(() -> {
            marks.put(mark.upTo(), mark);
            return null;
        });
    }

    @Override
    public void removeMark(long upTo) {
        checked(() -> {
            marks.remove(upTo);
            return null;
        });
    }

    @Override
    public @Nullable KeyState<S> state() {
        return checked(state::value);
    }

    @Override
    public void state(@Nullable KeyState<S> newState) {
        checked(() -> {
            if (newState == null) {
                state.clear();
            } else {
                state.update(newState);
            }
            return null;
        });
    }

    @Override
    public void moveTimer(long fromClock, long toClock) {
        if (fromClock != Long.MAX_VALUE) {
            timers.deleteEventTimeTimer(ClockWatermarks.watermark(fromClock));
        }
        if (toClock != Long.MAX_VALUE) {
            timers.registerEventTimeTimer(ClockWatermarks.watermark(toClock));
        }
    }

    private interface StateAccess<T> {
        @Nullable T run() throws Exception;
    }

    private static <T> @Nullable T checked(StateAccess<T> access) {
        try {
            return access.run();
        } catch (Exception e) {
            throw new IllegalStateException("keyed state cannot be reached", e);
        }
    }
}
