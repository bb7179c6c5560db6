package org.citystream.model.rule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code schedule} of a rule from its document. */
final class ScheduleReader {
    private static final int HOLIDAYS_AT_MOST = 1000;

    private final DocumentReader schedule;

    private ScheduleReader(DocumentReader schedule) {
        this.schedule = schedule;
    }

    static Schedule read(DocumentReader schedule) {
        return new ScheduleReader(schedule).read();
    }

    private Schedule read() {
        Set<DayOfWeek> days = days();
        LocalTime from = time("from");
        LocalTime to = time("to");
        ZoneId zone = schedule.parsed(
                "time-zone", ZoneId::of, "must be an IANA time zone such as Europe/Copenhagen", ZoneId.of("UTC"));
        List<Holiday> holidays = holidays();
        DayOfWeek holidaysAs = holidaysAs();
        if (holidaysAs != null && holidays.isEmpty()) {
            schedule.problem("holidays-as", "says nothing without holidays");
        }
        schedule.refuseUnread();
        return new Schedule(days, from, to, zone, holidays, holidaysAs);
    }

    private Set<DayOfWeek> days() {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : schedule.texts("days")) {
            try {
                days.add(day(name));
            } catch (IllegalArgumentException e) {
                schedule.problem("days", String.valueOf(e.getMessage()));
            }
        }
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (RuleWriter.shortName(day).equals(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is not one of mon, tue, wed, thu, fri, sat, sun");
    }

    private LocalTime time(String field) {
        schedule.raw(field);
        return schedule.has(field)
                ? schedule.parsed(
                        field, LocalTime::parse, "must be a time of day such as \"06:00\"", LocalTime.MIDNIGHT)
                : LocalTime.MIDNIGHT;
    }

    private List<Holiday> holidays() {
        List<Holiday> holidays = new ArrayList<>();
        for (String text : schedule.texts("holidays")) {
            try {
                holidays.add(Holiday.parse(text));
            } catch (IllegalArgumentException e) {
                schedule.problem("holidays", String.valueOf(e.getMessage()));
            }
        }
        if (holidays.size() > HOLIDAYS_AT_MOST) {
            schedule.problem("holidays", "must be at most " + HOLIDAYS_AT_MOST);
        }
        return holidays;
    }

    private @Nullable DayOfWeek holidaysAs() {
        schedule.raw("holidays-as");
        return schedule.has("holidays-as")
                ? schedule.parsed("holidays-as", ScheduleReader::day, null, DayOfWeek.SUNDAY)
                : null;
    }
}
