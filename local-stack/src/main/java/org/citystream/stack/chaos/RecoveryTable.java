package org.citystream.stack.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Recovery times by component, beside what is aimed at. */
public final class RecoveryTable {
    /** At p95; nothing is aimed at for what is not here. */
    private static final Map<String, Duration> TARGETS = Map.of(
            "gateway", Duration.ofSeconds(10),
            "alerting", Duration.ofSeconds(10),
            "mqtt", Duration.ofSeconds(15),
            "postgres", Duration.ofSeconds(15),
            "flink-taskmanager", Duration.ofSeconds(20),
            "flink-jobmanager", Duration.ofSeconds(30),
            "kafka", Duration.ofSeconds(30));

    private RecoveryTable() {}

    /**
     * One component.
     *
     * @param faults how many it had
     * @param median of those from which it recovered, nearest rank, likewise {@code p95}; null if there were none
     * @param target null: nothing is aimed at
     * @param met whether p95 is within the target; a fault without recovery misses it
     */
    public record Row(
            String component,
            int faults,
            int unrecovered,
            @Nullable Duration median,
            @Nullable Duration p95,
            @Nullable Duration target,
            boolean met) {}

    public static List<Row> of(List<Outcome> outcomes) {
        Map<String, List<Outcome>> byComponent = new TreeMap<>();
        outcomes.forEach(outcome -> byComponent
                .computeIfAbsent(outcome.fault().component(), component -> new ArrayList<>())
                .add(outcome));
        List<Row> rows = new ArrayList<>();
        byComponent.forEach((component, its) -> rows.add(row(component, its)));
        return rows;
    }

    private static Row row(String component, List<Outcome> outcomes) {
        List<Duration> recoveries = outcomes.stream()
                .map(Outcome::recovery)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        int unrecovered = outcomes.size() - recoveries.size();
        Duration p95 = percentile(recoveries, 0.95);
        Duration target = TARGETS.get(component);
        boolean met = unrecovered == 0 && (target == null || p95 != null && p95.compareTo(target) <= 0);
        return new Row(component, outcomes.size(), unrecovered, percentile(recoveries, 0.5), p95, target, met);
    }

    /** The smallest value that at least this share does not exceed. */
    private static @Nullable Duration percentile(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /** For people. */
    public static List<String> lines(List<Outcome> outcomes) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "  %-18s %6s %9s %9s %9s", "recovery", "faults", "p50", "p95", "target"));
        for (Row row : of(outcomes)) {
            String target = row.target() == null ? "-" : seconds(row.target());
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-18s %6d %9s %9s %9s  %s",
                    row.component(),
                    row.faults(),
                    seconds(row.median()),
                    seconds(row.p95()),
                    target,
                    judgement(row)));
        }
        return lines;
    }

    private static String judgement(Row row) {
        if (row.unrecovered() > 0) {
            return row.unrecovered() + " NOT RECOVERED";
        }
        return row.target() == null ? "" : row.met() ? "met" : "MISSED";
    }

    /** Such as {@code 4.2 s}. */
    static String seconds(@Nullable Duration duration) {
        return duration == null ? "-" : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
