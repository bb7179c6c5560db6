package org.citystream.stack.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job counts of what came to it and of what became of it, over its whole life: the counts are part of its state
 * (docs/kernel.md). While nothing is under way inside it, both sides are equal.
 *
 * @param job as Flink's metrics call it
 * @param counts by name of the metric, over all operators and subtasks
 */
record JobBalance(String job, Map<String, Long> counts) {
    private static final String READINGS_IN = "readingsIn";
    private static final String COUNTED = "readingsCounted";
    private static final String PARTS_IN = "partsTold";
    private static final Pattern COUNT = Pattern.compile(
            "^flink_taskmanager_job_task_operator_((?:readings|parts)\\w+)\\{.*\\bjob_name=\"(\\w+)\".*} (\\S+)$",
            Pattern.MULTILINE);

    JobBalance {
        counts = Map.copyOf(counts);
    }

    /** Those of every job that says what became of its readings, in the order of their names. */
    static List<JobBalance> of(String metrics) {
        Map<String, Map<String, Long>> jobs = new TreeMap<>();
        Matcher line = COUNT.matcher(metrics);
        while (line.find()) {
            jobs.computeIfAbsent(line.group(2), job -> new HashMap<>())
                    .merge(line.group(1), (long) Double.parseDouble(line.group(3)), Long::sum);
        }
        List<JobBalance> balances = new ArrayList<>();
        jobs.forEach((job, counts) -> {
            if (counts.containsKey(COUNTED)) {
                balances.add(new JobBalance(job, counts));
            }
        });
        return balances;
    }

    long readingsIn() {
        return count(READINGS_IN);
    }

    /** Every reading is counted, or named as a duplicate or as late; and every summary's part of a group likewise. */
    boolean isEven() {
        return readingsIn() == readingsAccounted() && count(PARTS_IN) == partsAccounted();
    }

    private long readingsAccounted() {
        return count(COUNTED) + count("readingsDuplicate") + count("readingsLate") + count("readingsBehindSnapshot");
    }

    private long partsAccounted() {
        return count("partsCounted") + count("partsRepeated") + count("partsBehindSnapshot");
    }

    /** For people. */
    String line() {
        return String.format(
                Locale.ROOT,
                "  %-16s %,d readings came in: %,d counted, %,d duplicates, %,d late, %,d behind a snapshot; %,d parts"
                        + " told to groups, %,d arrived%s",
                job,
                readingsIn(),
                count(COUNTED),
                count("readingsDuplicate"),
                count("readingsLate"),
                count("readingsBehindSnapshot"),
                count(PARTS_IN),
                partsAccounted(),
                isEven() ? "" : ": NOT EVEN");
    }

    private long count(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
