package org.citystream.audit.report;

import java.util.List;

/**
 * One count of the audit.
 *
 * @param verdict what it means if the count is above zero
 * @param examples at most 20 of what was counted, for people
 */
public record Line(String section, String name, long count, Verdict verdict, List<String> examples) {

    /** One that needs no examples. */
    public static Line told(String section, String name, long count) {
        return new Line(section, name, count, Verdict.TOLD, List.of());
    }

    public boolean isFailure() {
        return verdict == Verdict.FAILURE && count > 0;
    }
}
