package org.citystream.stack.flink;

import java.util.List;
import java.util.Optional;

/**
 * What a stack trace is about. Flink wraps the cause many times over, and hides it in the middle of hundreds of lines: the
 * innermost cause is what its reader can act on, with the first line of it that names a place.
 */
final class FailureCause {
    private static final String CAUSE = "Caused by: ";

    private FailureCause() {}

    /** The innermost cause in one line, and its place in a second; a text that is no stack trace as it is. */
    static String of(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        int cause = innermost(lines);
        if (cause < 0) {
            return text.strip();
        }
        String what = lines.get(cause);
        int from = what.startsWith(CAUSE) ? CAUSE.length() : 0;
        Optional<String> place = lines.stream()
                .skip(cause + 1L)
                .takeWhile(line -> !line.startsWith(CAUSE))
                .filter(line -> line.startsWith("at "))
                .findFirst();
        return what.substring(from)
                + more(lines, cause)
                + place.map(line -> " (" + line + ")").orElse("");
    }

    private static int innermost(List<String> lines) {
        int found = -1;
        for (int i = 0; i < lines.size(); i++) {
            boolean isOutermost =
                    found < 0 && i + 1 < lines.size() && lines.get(i + 1).startsWith("at ");
            if (lines.get(i).startsWith(CAUSE) || isOutermost) {
                found = i;
            }
        }
        return found;
    }

    /** A message may have several lines. */
    private static String more(List<String> lines, int cause) {
        return lines.stream()
                .skip(cause + 1L)
                .takeWhile(line -> !line.startsWith("at ") && !line.startsWith(CAUSE) && !line.startsWith("..."))
                .limit(5)
                .filter(line -> !line.isEmpty())
                .reduce("", (a, b) -> a + " " + b);
    }
}
