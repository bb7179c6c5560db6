package org.citystream.model.rule;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Local days on which a schedule does not go by the day of the week; both ends inclusive. */
public record Holiday(LocalDate first, LocalDate last) {
    public Holiday {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("'" + first + "/" + last + "' ends before it begins");
        }
    }

    /**
     * A date such as {@code 2026-12-25}, or a range such as {@code 2026-12-24/2026-12-26}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Holiday parse(String text) {
        String[] ends = text.split("/", -1);
        try {
            if (ends.length <= 2) {
                return new Holiday(LocalDate.parse(ends[0]), LocalDate.parse(ends[ends.length - 1]));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        throw new IllegalArgumentException(wrong(text));
    }

    private static String wrong(String text) {
        return "'" + text + "' is no date such as 2026-12-25 and no range such as 2026-12-24/2026-12-26";
    }

    boolean covers(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "/" + last;
    }
}
