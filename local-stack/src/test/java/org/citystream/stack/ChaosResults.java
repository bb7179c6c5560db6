package org.citystream.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.citystream.model.wire.JsonCodec;

/**
 * Two tables of {@code docs/guarantees.md}: what the runs of {@code ./city verify --chaos --json} that are kept in
 * {@code docs/chaos-runs} came to, and how long recovery took in them.
 */
final class ChaosResults {
    private static final String BEGIN = "<!-- runs of verify --chaos, generated -->\n";
    /** Fewer leave too few for each component to speak of a 95th percentile. */
    private static final int ENOUGH_FOR_RECOVERY = 100;

    private static final String END = "<!-- end of the runs -->\n";

    private final Path page;
    private final String before;
    private final String after;
    private final String told;
    private final List<Run> runs;

    private ChaosResults(Path checkout) throws IOException {
        page = checkout.resolve("docs/guarantees.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        before = text.substring(0, begin);
        told = text.substring(begin, end);
        after = text.substring(end);
        runs = runs(checkout.resolve("docs/chaos-runs"));
    }

    static ChaosResults of(Path checkout) throws IOException {
        return new ChaosResults(checkout);
    }

    private static List<Run> runs(Path folder) throws IOException {
        List<Run> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                runs.add(new Run(
                        file.getFileName().toString(), JsonCodec.internal().readTree(Files.readAllBytes(file))));
            }
        }
        return runs;
    }

    /** What the page says. */
    String told() {
        return told;
    }

    /** What it should say. */
    String found() {
        StringBuilder text = new StringBuilder();
        text.append(
                "\n| run | begun | seed | faults | messages a second | sent | lost | corrupted, phantoms | sent again"
                        + " | alerts, twice told | webhooks received | verdict |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        runs.forEach(run -> text.append(run.row()));
        text.append("\nRecovery in those of " + ENOUGH_FOR_RECOVERY + " faults or more, nearest rank, in s:\n\n");
        text.append("| run | component | faults | p50 | p95 | target, p95 | |\n|---|---|---|---|---|---|---|\n");
        runs.stream().filter(Run::isLong).forEach(run -> text.append(run.recovery()));
        return text.append("\n").toString();
    }

    void write() throws IOException {
        Files.writeString(page, before + found() + after);
    }

    private record Run(String file, JsonNode report) {
        private String name() {
            return "[" + file.replace(".json", "") + "](chaos-runs/" + file + ")";
        }

        private boolean isLong() {
            return report.path("faults").size() >= ENOUGH_FOR_RECOVERY;
        }

        private String row() {
            JsonNode messages = report.at("/audit/messages");
            JsonNode alerts = report.at("/audit/alerts");
            return String.format(
                    Locale.ROOT,
                    "| %s | %.16s | %s | %d | %s | %,d | %,d | %,d | %,d | %,d, %,d | %,d | %s |%n",
                    name(),
                    report.at("/faults/0/begunAt").asText().replace('T', ' '),
                    report.path("seed").asText(),
                    report.path("faults").size(),
                    report.path("messagesPerSecond").asText(),
                    count(messages, "sent"),
                    count(messages, "lost"),
                    count(messages, "corrupted") + count(messages, "phantom"),
                    count(messages, "duplicate"),
                    count(alerts, "alerts"),
                    count(alerts, "episodes-with-two-alerts") + count(alerts, "alerts-opened-twice"),
                    count(report.at("/audit/deliveries"), "received"),
                    verdict());
        }

        private String verdict() {
            if (report.path("ok").asBoolean()) {
                return "OK";
            }
            List<String> failures = new ArrayList<>();
            report.path("failures").forEach(failure -> failures.add(failure.asText()));
            return "**" + String.join("; ", failures) + "**";
        }

        private static long count(JsonNode section, String line) {
            JsonNode count = section.path(line);
            if (!count.isIntegralNumber()) {
                throw new IllegalStateException("the audit has no line " + line);
            }
            return count.asLong();
        }

        private String recovery() {
            StringBuilder rows = new StringBuilder();
            for (JsonNode row : report.path("recovery")) {
                rows.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %s | %s | %s | %s |%n",
                        name(),
                        row.path("component").asText(),
                        row.path("faults").asInt(),
                        seconds(row.path("medianSeconds")),
                        seconds(row.path("p95Seconds")),
                        seconds(row.path("targetSeconds")),
                        row.path("targetSeconds").isNull()
                                ? ""
                                : row.path("met").asBoolean() ? "met" : "**missed**"));
            }
            return rows.toString();
        }

        private static String seconds(JsonNode seconds) {
            return seconds.isNumber() ? String.format(Locale.ROOT, "%.1f", seconds.asDouble()) : "-";
        }
    }
}
