package org.citystream.analytics.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.pane.HeapMemory;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.pane.PaneKernel;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;

/** All subjects of one fold. The clock is the caller's, epoch ms, and must not run backwards. */
final class FoldRun<S, U> {
    private final PaneKernel<S, U> kernel;
    private final PaneOutput<U> out;
    private final Map<String, Subject> subjects = new HashMap<>();
    private final TreeMap<Long, TreeSet<String>> timers = new TreeMap<>();

    FoldRun(PaneFold<S, U> fold, PaneTiming timing, PaneOutput<U> out) {
        this.kernel = new PaneKernel<>(fold, timing);
        this.out = out;
    }

    Intake add(Observation reading, long clock) {
        return kernel.add(subject(reading), reading, clock);
    }

    Intake revise(Observation part, long clock) {
        return kernel.revise(subject(part), part, clock);
    }

    private Subject subject(Observation reading) {
        return subjects.computeIfAbsent(reading.subjectId(), Subject::new);
    }

    /** When the next subject wants to be woken; the largest long: none does. */
    long nextTimer() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.firstKey();
    }

    /** Wakes all subjects whose time has come, in order of time and id. */
    void wake(long clock) {
        while (nextTimer() <= clock) {
            for (String id : timers.pollFirstEntry().getValue()) {
                Subject subject = Objects.requireNonNull(subjects.get(id));
                subject.timerFired();
                kernel.wake(subject, id, clock, Long.MIN_VALUE, out);
            }
        }
    }

    private final class Subject extends HeapMemory<S> {
        private final String id;

        Subject(String id) {
            this.id = id;
        }

        @Override
        public void moveTimer(long fromClock, long toClock) {
            TreeSet<String> before = timers.get(timer());
            if (before != null && before.remove(id) && before.isEmpty()) {
                timers.remove(timer());
            }
            super.moveTimer(fromClock, toClock);
            if (toClock != Long.MAX_VALUE) {
                timers.computeIfAbsent(toClock, at -> new TreeSet<>()).add(id);
            }
        }
    }
}
