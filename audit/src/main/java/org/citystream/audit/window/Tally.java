package org.citystream.audit.window;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.audit.message.Hashes;
import org.citystream.audit.message.LongSet;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Verdict;
import org.citystream.ledger.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * The conservation law of one kind of readings: what stands in the readings topic is counted in the latest summaries,
 * late, or a duplicate; and every summary is a point of the time-series store. Compared window by window over all
 * subjects, from where nothing has been forgotten up to a moment behind which nothing changes any more. Late readings are
 * shown before readings. A reading takes 13 to 27 bytes, a summary as much and 12 more.
 */
public final class Tally {
    private static final int EXAMPLES = 20;

    private final String kind;
    private final ChronoUnit window;
    private final LongSet late = new LongSet();
    private final LongSet counted = new LongSet();
    private final LastCounts summaries = new LastCounts();
    private final Map<Long, Window> windows = new TreeMap<>();
    private long lateReadings;
    private long duplicates;

    /** Of all subjects together. */
    private static final class Window {
        private long readings;
        private long counted;
        private long summaries;
        private long points;
        /** Clock when its last reading came that counts; correcting the summary takes a while. */
        private Instant lastCame = Instant.MIN;
    }

    /**
     * @param kind for the report, such as {@code traffic}
     * @param window how long a summary's window is
     */
    public Tally(String kind, ChronoUnit window) {
        this.kind = kind;
        this.window = window;
    }

    /** A reading stands in the late topic; a repeated record of the same arrival counts once. */
    public void late(MessageId id, Instant receivedAt) {
        if (late.add(arrival(id, receivedAt))) {
            lateReadings++;
        }
    }

    /**
     * A reading stands in the readings topic.
     *
     * @param clockAt the deployment's clock when it came; null: not known
     */
    public void reading(MessageId id, Instant receivedAt, @Nullable Instant clockAt) {
        if (late.contains(arrival(id, receivedAt))) {
            return;
        }
        long start = id.observedAt().minusMillis(1).truncatedTo(window).toEpochMilli();
        if (counted.add(Hashes.identityIn(start, id))) {
            Window at = at(start);
            at.readings++;
            if (clockAt != null && clockAt.isAfter(at.lastCame)) {
                at.lastCame = clockAt;
            }
        } else {
            duplicates++;
        }
    }

    private static long arrival(MessageId id, Instant receivedAt) {
        return Hashes.identityIn(receivedAt.toEpochMilli(), id);
    }

    /**
     * A summary stands in its topic, whose partition has all of its subject. The last word counts, not the highest revision: a
     * job that goes on from a checkpoint numbers anew what it had told behind it, and may need fewer words.
     */
    public void summary(String subjectId, Instant windowStart, int readingCount) {
        long start = windowStart.toEpochMilli();
        long before = summaries.put(Hashes.sensor(subjectId + '\n' + start), readingCount);
        Window at = at(start);
        if (before == LastCounts.NEW) {
            at.summaries++;
            at.counted += readingCount;
        } else {
            at.counted += readingCount - before;
        }
    }

    /** The store holds so many points that are stamped with this end of a window. */
    public void points(Instant windowEnd, long count) {
        at(windowEnd.minus(1, window).toEpochMilli()).points += count;
    }

    private Window at(long start) {
        return windows.computeIfAbsent(start, s -> new Window());
    }

    /** Whether any reading counts. */
    public boolean hasReadings() {
        return windows.values().stream().anyMatch(at -> at.readings > 0);
    }

    /**
     * What it comes to.
     *
     * @param since windows that begin earlier are left out: readings or summaries of theirs may be forgotten
     * @param until windows that end later, or that a reading has come to later, are left out: they are not settled
     * @param withStore whether the store was asked
     */
    public List<Line> lines(Instant since, Instant until, boolean withStore) {
        Map<String, Long> sums = new HashMap<>();
        List<String> uncounted = new ArrayList<>();
        List<String> invented = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> surplus = new ArrayList<>();
        windows.forEach((start, at) -> {
            Instant begin = Instant.ofEpochMilli(start);
            if (begin.isBefore(since)) {
                sums.merge("forgotten", 1L, Long::sum);
                return;
            }
            if (begin.plus(1, window).isAfter(until) || at.lastCame.isAfter(until)) {
                sums.merge("unsettled", at.readings, Long::sum);
                return;
            }
            sums.merge("readings", at.readings, Long::sum);
            sums.merge("counted", at.counted, Long::sum);
            differ(sums, "uncounted", at.readings - at.counted, uncounted, begin, "readings");
            differ(sums, "counted-twice", at.counted - at.readings, invented, begin, "readings");
            if (withStore) {
                sums.merge("points", at.points, Long::sum);
                differ(sums, "points-missing", at.summaries - at.points, missing, begin, "points");
                differ(sums, "points-unknown", at.points - at.summaries, surplus, begin, "points");
            }
        });
        List<Line> lines = new ArrayList<>();
        lines.add(told("readings-settled", sums.getOrDefault("readings", 0L)));
        lines.add(told("counted", sums.getOrDefault("counted", 0L)));
        lines.add(told("duplicates", duplicates));
        lines.add(told("late", lateReadings));
        lines.add(told("not-settled-yet", sums.getOrDefault("unsettled", 0L)));
        lines.add(told("windows-forgotten", sums.getOrDefault("forgotten", 0L)));
        lines.add(failure("uncounted", sums, uncounted));
        lines.add(failure("counted-twice", sums, invented));
        if (withStore) {
            lines.add(told("points", sums.getOrDefault("points", 0L)));
            lines.add(failure("points-missing", sums, missing));
            lines.add(failure("points-unknown", sums, surplus));
        }
        return lines;
    }

    private static void differ(
            Map<String, Long> sums, String name, long by, List<String> examples, Instant begin, String what) {
        if (by > 0) {
            sums.merge(name, by, Long::sum);
            if (examples.size() < EXAMPLES) {
                examples.add("window of " + begin + ": " + by + " " + what);
            }
        }
    }

    private Line told(String name, long count) {
        return Line.told(kind, name, count);
    }

    private Line failure(String name, Map<String, Long> sums, List<String> examples) {
        return new Line(kind, name, sums.getOrDefault(name, 0L), Verdict.FAILURE, examples);
    }
}
