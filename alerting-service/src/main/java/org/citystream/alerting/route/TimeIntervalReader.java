package org.citystream.alerting.route;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Time intervals as Alertmanager writes them, and {@code dates} and {@code except-dates} for holidays. */
final class TimeIntervalReader {
    private static final int MINUTES_OF_DAY = 1440;
    private static final int LAST_YEAR = 9999;

    private final Map<String, List<String>> holidays;

    /** @param holidays named lists of dates */
    TimeIntervalReader(Map<String, List<String>> holidays) {
        this.holidays = holidays;
    }

    TimeInterval read(Section section) {
        ZoneId zone = section.parsed("location", ZoneId::of);
        return new TimeInterval(
                section.sections("times", (times, i) -> times(times)),
                Set.copyOf(section.parsedList("weekdays", text -> named(text, TimeIntervalReader::weekday, 7)).stream()
                        .flatMap(List::stream)
                        .map(DayOfWeek::of)
                        .toList()),
                section.parsedList("days-of-month", text -> range(text, -31, 31)),
                Set.copyOf(section.parsedList("months", text -> named(text, TimeIntervalReader::month, 12)).stream()
                        .flatMap(List::stream)
                        .toList()),
                section.parsedList("years", text -> range(text, 1, LAST_YEAR)),
                zone == null ? ZoneOffset.UTC : zone,
                dates(section, "dates"),
                dates(section, "except-dates"));
    }

    private static IntRange times(Section section) {
        Integer from = section.parsed("start-time", TimeIntervalReader::minute);
        Integer to = section.parsed("end-time", TimeIntervalReader::minute);
        if (from == null || to == null || from >= to) {
            section.problem("", "needs start-time and a later end-time, such as \"08:00\" and \"24:00\"");
            return new IntRange(0, 0);
        }
        return new IntRange(from, to);
    }

    private static int minute(String text) {
        if (!text.matches("([01]?[0-9]|2[0-4]):[0-5][0-9]")) {
            throw new IllegalArgumentException("'" + text + "' is not a time of day such as 08:00");
        }
        String[] parts = text.split(":", -1);
        int minute = Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
        if (minute > MINUTES_OF_DAY) {
            throw new IllegalArgumentException("'" + text + "' is after 24:00");
        }
        return minute;
    }

    private static IntRange range(String text, int least, int most) {
        String[] ends = text.strip().split(":", -1);
        try {
            IntRange range =
                    new IntRange(Integer.parseInt(ends[0].strip()), Integer.parseInt(ends[ends.length - 1].strip()));
            boolean ordered = range.from() < 0 == range.to() < 0 ? range.from() <= range.to() : range.from() > 0;
            if (ends.length <= 2 && range.from() >= least && range.to() <= most && range.from() != 0 && ordered) {
                return range;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number or a range such as 1:5", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a range within " + least + ":" + most);
    }

    /** All values of {@code a:b}, over the end if b is before a. */
    private static List<Integer> named(String text, Function<String, Integer> parser, int count) {
        String[] ends = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException("'" + text + "' has more than two ends");
        }
        int from = parser.apply(ends[0].strip());
        int to = parser.apply(ends[ends.length - 1].strip());
        int length = (to - from + count) % count;
        return IntStream.rangeClosed(0, length)
                .map(i -> (from - 1 + i) % count + 1)
                .boxed()
                .toList();
    }

    private static int weekday(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (isName(text, day.name())) {
                return day.getValue();
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a day of the week such as monday");
    }

    private static int month(String text) {
        for (Month month : Month.values()) {
            if (isName(text, month.name()) || text.equals(Integer.toString(month.getValue()))) {
                return month.getValue();
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a month such as january or 1");
    }

    private static boolean isName(String text, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return text.equals(lower) || text.equals(lower.substring(0, 3));
    }

    private List<DateRange> dates(Section section, String field) {
        Set<DateRange> ranges = new LinkedHashSet<>();
        for (List<DateRange> some : section.parsedList(field, this::date)) {
            ranges.addAll(some);
        }
        return List.copyOf(ranges);
    }

    private List<DateRange> date(String text) {
        @Nullable List<String> named = holidays.get(text);
        if (named == null) {
            return List.of(DateRange.parse(text));
        }
        List<DateRange> ranges = new ArrayList<>();
        named.forEach(day -> ranges.add(DateRange.parse(day)));
        return ranges;
    }
}
