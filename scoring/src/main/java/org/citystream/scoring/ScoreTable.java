package org.citystream.scoring;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.citystream.recordings.TruthRow;
import org.jspecify.annotations.Nullable;

/** A score as people read it. */
final class ScoreTable {
    private final PrintWriter out;

    ScoreTable(PrintWriter out) {
        this.out = out;
    }

    void print(TrafficScore score) {
        row("events", score.events(), "");
        row("detected", score.detected(), percent(score.detectionRate()));
        row("false alarms", score.falseAlarms(), falseAlarmRates(score));
        value("mean time to detect", score.meanTimeToDetectSeconds(), "s");
        value(
                "... after arrival",
                score.meanTimeAfterArrivalSeconds(),
                "s, from the first slow minute at a detector there");
        value("error of the head", score.headErrorM(), "m");
        value("error of the queue's length", score.queueLengthErrorM(), "m");
        for (Map.Entry<String, TrafficScore.Group> kind : score.byKind().entrySet()) {
            group(kind.getKey(), kind.getValue());
        }
        group("incidents without a queue", score.withoutQueue());
    }

    private static String falseAlarmRates(TrafficScore score) {
        return score.falseAlarmsPerCorridorDay() == null
                ? ""
                : score.falseAlarmsPerCorridorDay() + " a corridor and day, " + score.falseAlarmsPerThousandDecisions()
                        + " a thousand decisions";
    }

    /** What was missed, and what was called without reason. */
    void printDetails(TrafficScore score) {
        for (TruthRow row : score.missed()) {
            out.printf(
                    Locale.ROOT,
                    "missed       %s  %s on %s %s: %s%n",
                    row.start(),
                    row.kind(),
                    row.subject(),
                    row.fromM() == null ? "" : "m " + row.fromM() + " to " + row.toM(),
                    row.cause());
        }
        for (Detection detection : score.unexplained()) {
            out.printf(
                    Locale.ROOT,
                    "false alarm  %s  %s on %s: %s (%s)%n",
                    detection.openedAt(),
                    detection.kind().wireName(),
                    detection.subject(),
                    detection.summary(),
                    detection.ruleId());
        }
    }

    private void group(String name, TrafficScore.Group group) {
        if (group.events() > 0) {
            row(name, group.events(), said(group));
        }
    }

    private static String said(TrafficScore.Group group) {
        StringBuilder said = new StringBuilder();
        said.append(group.detected())
                .append(" detected, ")
                .append(group.calledSo())
                .append(" called so");
        if (group.meanTimeToDetectSeconds() != null) {
            said.append(", after ").append(group.meanTimeToDetectSeconds()).append(" s");
        }
        if (group.meanTimeAfterArrivalSeconds() != null) {
            said.append(" (").append(group.meanTimeAfterArrivalSeconds()).append(" s after arrival)");
        }
        if (group.headErrorM() != null) {
            said.append(", head off by ")
                    .append(group.headErrorM())
                    .append(" m, within a spacing ")
                    .append(percent(group.headWithinSpacing()));
        }
        return said.toString();
    }

    private void row(String name, int count, String remark) {
        out.printf(Locale.ROOT, "%-28s %8d  %s%n", name, count, remark);
    }

    private void value(String name, @Nullable Double value, String unit) {
        if (value != null) {
            out.printf(Locale.ROOT, "%-28s %8.0f %s%n", name, value, unit);
        }
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
