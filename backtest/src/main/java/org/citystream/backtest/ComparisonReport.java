package org.citystream.backtest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citystream.backtest.episode.Difference;
import org.citystream.backtest.episode.Difference.Kind;
import org.citystream.backtest.episode.RaisedEpisode;
import org.citystream.backtest.episode.SubjectScore;
import org.citystream.model.wire.JsonCodec;
import org.citystream.scoring.TrafficScore;
import org.jspecify.annotations.Nullable;

/** A comparison for people, and as files for their tools. */
final class ComparisonReport {
    private static final int SHOWN_OF_EACH_RULE = 5;
    private static final String ROW = "%-28s %9s %9s %9s %9s %6s %8s %10s %10s%n";

    private final Comparison comparison;

    ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
    }

    void print(PrintWriter out) {
        Comparison.Side left = comparison.left();
        Comparison.Side right = comparison.right();
        out.printf(
                Locale.ROOT,
                "%s, %s to %s: %,d records in %.1f s%n",
                comparison.past(),
                comparison.from(),
                comparison.to(),
                comparison.readings(),
                comparison.seconds());
        if (comparison.warmUntil().isAfter(comparison.from())) {
            out.printf(
                    "warm-up until %s: the run starts in mid-stream and has not learned what is usual; what it told before"
                            + " then is marked%n",
                    comparison.warmUntil());
        }
        out.printf("%nleft: %s   right: %s%n%n", left.label(), right.label());
        out.printf(ROW, "rule", "v left", "a day", "v right", "a day", "same", "changed", "only left", "only right");
        for (String rule : ruleIds()) {
            Map<Kind, Long> counts = comparison.rules().getOrDefault(rule, Map.of());
            out.printf(
                    ROW,
                    rule,
                    text(left.versions().get(rule)),
                    text(left.alertsPerRuleAndDay().get(rule)),
                    text(right.versions().get(rule)),
                    text(right.alertsPerRuleAndDay().get(rule)),
                    counts.getOrDefault(Kind.SAME, 0L),
                    counts.getOrDefault(Kind.CHANGED, 0L),
                    counts.getOrDefault(Kind.ONLY_LEFT, 0L),
                    counts.getOrDefault(Kind.ONLY_RIGHT, 0L));
        }
        out.println();
        printSide(out, "left ", left);
        printSide(out, "right", right);
        printExamples(out);
    }

    private List<String> ruleIds() {
        java.util.TreeSet<String> ids =
                new java.util.TreeSet<>(comparison.left().versions().keySet());
        ids.addAll(comparison.right().versions().keySet());
        return List.copyOf(ids);
    }

    private static void printSide(PrintWriter out, String name, Comparison.Side side) {
        out.printf(
                Locale.ROOT,
                "%s: %d episodes, %d alerts, %.2f alerts a day%n",
                name,
                side.episodes(),
                side.alerts(),
                side.alertsPerDay());
        TrafficScore traffic = side.traffic();
        if (traffic != null) {
            out.printf(
                    Locale.ROOT,
                    "       roads: %d of %d detected (%s), %d false alarms, %s s to detect%n",
                    traffic.detected(),
                    traffic.events(),
                    share(traffic.detectionRate()),
                    traffic.falseAlarms(),
                    text(traffic.meanTimeToDetectSeconds()));
        }
        SubjectScore others = side.others();
        if (others != null) {
            out.printf(
                    Locale.ROOT,
                    "       others: %d of %d detected (%s), %d false alarms, %s s to detect%n",
                    others.detected(),
                    others.events(),
                    share(others.detectionRate()),
                    others.falseAlarms(),
                    text(others.meanTimeToDetectSeconds()));
        }
    }

    private void printExamples(PrintWriter out) {
        for (String rule : ruleIds()) {
            List<Difference> differing = comparison.differences().stream()
                    .filter(each -> each.ruleId().equals(rule) && each.kind() != Kind.SAME)
                    .toList();
            if (!differing.isEmpty()) {
                out.printf("%n%s differs in %d:%n", rule, differing.size());
                differing.stream().limit(SHOWN_OF_EACH_RULE).forEach(each -> out.println("  " + line(each)));
                if (differing.size() > SHOWN_OF_EACH_RULE) {
                    out.printf("  and %d more in differences.csv%n", differing.size() - SHOWN_OF_EACH_RULE);
                }
            }
        }
    }

    private static String line(Difference difference) {
        RaisedEpisode left = difference.left();
        RaisedEpisode right = difference.right();
        RaisedEpisode any = left == null ? right : left;
        String subject = any == null ? "" : any.subject().id();
        return String.format("%-10s %s: %s", difference.kind().wireName(), subject, times(left) + " | " + times(right));
    }

    private static String times(@Nullable RaisedEpisode episode) {
        return episode == null
                ? "-"
                : episode.openedAt() + " to " + (episode.endedAt() == null ? "open" : episode.endedAt()) + " "
                        + episode.severity().wireName() + (episode.warmUp() ? " (warm-up)" : "");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String share(@Nullable Double rate) {
        return rate == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * rate);
    }

    /** Writes {@code episodes.csv}, {@code differences.csv} and {@code report.json}. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (BufferedWriter csv = writer(directory.resolve("episodes.csv"))) {
            csv.write("set," + EPISODE + "\n");
            for (RaisedEpisode episode : comparison.left().raised()) {
                csv.write("left," + row(episode) + "\n");
            }
            for (RaisedEpisode episode : comparison.right().raised()) {
                csv.write("right," + row(episode) + "\n");
            }
        }
        try (BufferedWriter csv = writer(directory.resolve("differences.csv"))) {
            csv.write("difference,set," + EPISODE + "\n");
            for (Difference difference : comparison.differences()) {
                if (difference.kind() != Kind.SAME) {
                    write(csv, difference.kind(), "left", difference.left());
                    write(csv, difference.kind(), "right", difference.right());
                }
            }
        }
        Files.write(directory.resolve("report.json"), json().getBytes(StandardCharsets.UTF_8));
    }

    String json() {
        return new String(JsonCodec.write(comparison), StandardCharsets.UTF_8);
    }

    private static BufferedWriter writer(Path file) throws IOException {
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    private static void write(BufferedWriter csv, Kind kind, String set, @Nullable RaisedEpisode episode)
            throws IOException {
        if (episode != null) {
            csv.write(kind.wireName() + "," + set + "," + row(episode) + "\n");
        }
    }

    private static final String EPISODE =
            "ruleId,ruleVersion,mode,kind,subjectType,subject,severity,startedAt,openedAt,endedAt,warmUp,episodeId,summary";

    private static String row(RaisedEpisode e) {
        return String.join(
                ",",
                e.ruleId(),
                Integer.toString(e.ruleVersion()),
                e.mode().wireName(),
                e.kind().wireName(),
                e.subject().type().wireName(),
                e.subject().id(),
                e.severity().wireName(),
                e.startedAt().toString(),
                e.openedAt().toString(),
                e.endedAt() == null ? "" : e.endedAt().toString(),
                Boolean.toString(e.warmUp()),
                e.episodeId(),
                '"' + e.summary().replace("\"", "\"\"") + '"');
    }
}
