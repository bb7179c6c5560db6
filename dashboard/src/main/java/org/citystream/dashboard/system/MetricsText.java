package org.citystream.dashboard.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Prometheus' text format, as far as services write it. */
final class MetricsText {
    private static final Pattern SAMPLE =
            Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(.*)\\})? (\\S+)(?: -?\\d+)?");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private MetricsText() {}

    /** The samples whose name is wanted; lines that cannot be read, and values that are no numbers, are left out. */
    static List<MetricSample> read(String text, Predicate<String> wanted) {
        List<MetricSample> samples = new ArrayList<>();
        for (String line : text.split("\n")) {
            Matcher sample = SAMPLE.matcher(line.strip());
            if (!sample.matches() || !wanted.test(sample.group(1))) {
                continue;
            }
            double value = number(sample.group(3));
            if (Double.isFinite(value)) {
                samples.add(new MetricSample(sample.group(1), labels(sample.group(2)), value));
            }
        }
        return samples;
    }

    private static Map<String, String> labels(@Nullable String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            Matcher label = LABEL.matcher(text);
            while (label.find()) {
                labels.put(label.group(1), label.group(2).replaceAll("\\\\(.)", "$1"));
            }
        }
        return labels;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
