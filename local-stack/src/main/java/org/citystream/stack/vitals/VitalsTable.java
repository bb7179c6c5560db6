package org.citystream.stack.vitals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.citystream.stack.flink.FlinkRest.CheckpointTime;

/**
 * Whether what was taken over a long time grows: medians of the first and of the last third. A process that was started again
 * has less at first, so that a leak of one service shows only where it was left alone, or is carried over in its state.
 */
public final class VitalsTable {
    private static final double BYTES_PER_MB = 1e6;

    private VitalsTable() {}

    /** For people; a line of each service, one of all checkpoints, and one of each job's lag. */
    public static List<String> lines(List<Vitals> taken, Collection<CheckpointTime> checkpoints, List<Lag> lags) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "  %-18s %6s %9s %17s %13s %13s",
                "vitals",
                "taken",
                "processes",
                "heap after GC, MB",
                "threads",
                "open files"));
        Map<String, List<Vitals>> byService =
                taken.stream().collect(Collectors.groupingBy(Vitals::service, TreeMap::new, Collectors.toList()));
        byService.forEach((service, its) -> lines.add(line(service, its)));
        lines.add(checkpointsLine(checkpoints));
        lags.stream()
                .collect(Collectors.groupingBy(Lag::job, TreeMap::new, Collectors.toList()))
                .forEach((job, its) -> lines.add(lagLine(job, its)));
        return lines;
    }

    private static String line(String service, List<Vitals> taken) {
        int third = Math.max(1, taken.size() / 3);
        List<Vitals> first = taken.subList(0, third);
        List<Vitals> last = taken.subList(taken.size() - third, taken.size());
        return String.format(
                Locale.ROOT,
                "  %-18s %6d %9d %7.1f -> %6.1f %5d -> %4d %5d -> %4d",
                service,
                taken.size(),
                taken.stream().map(Vitals::pid).distinct().count(),
                median(first, Vitals::heapBytes) / BYTES_PER_MB,
                median(last, Vitals::heapBytes) / BYTES_PER_MB,
                median(first, Vitals::threads),
                median(last, Vitals::threads),
                median(first, Vitals::openFiles),
                median(last, Vitals::openFiles));
    }

    private static long median(List<Vitals> taken, ToLongFunction<Vitals> what) {
        long[] sorted = taken.stream().mapToLong(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String checkpointsLine(Collection<CheckpointTime> checkpoints) {
        if (checkpoints.isEmpty()) {
            return "  checkpoints: none was seen";
        }
        List<Duration> sorted =
                checkpoints.stream().map(CheckpointTime::took).sorted().toList();
        return String.format(
                Locale.ROOT,
                "  checkpoints: %d seen, p50 %d ms, p99 %d ms, longest %d ms",
                sorted.size(),
                nearestRank(sorted, 0.5).toMillis(),
                nearestRank(sorted, 0.99).toMillis(),
                nearestRank(sorted, 1.0).toMillis());
    }

    private static String lagLine(String job, List<Lag> lags) {
        long[] sorted = lags.stream().mapToLong(Lag::pendingRecords).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "  records not read yet by %s: p50 %d, most %d, at last %d",
                job,
                sorted[(sorted.length - 1) / 2],
                sorted[sorted.length - 1],
                lags.get(lags.size() - 1).pendingRecords());
    }

    private static Duration nearestRank(List<Duration> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
