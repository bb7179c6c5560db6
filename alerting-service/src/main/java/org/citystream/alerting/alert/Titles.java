package org.citystream.alerting.alert;

import java.util.Locale;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.rule.Severity;

/** One line for people: what, how bad, where. */
final class Titles {
    private Titles() {}

    static String of(CityEvent event) {
        Subject subject = event.subject();
        String name = subject.name() == null || subject.name().isBlank() ? subject.id() : subject.name();
        String severity = capitalized(event.severity());
        return switch (event.kind()) {
            case CONGESTION -> severity + " congestion on " + name;
            case INCIDENT -> severity + " traffic incident on " + name;
            case AIR_INDEX -> severity + " air pollution at " + name;
            case AIR_EXCEEDANCE -> severity + " air pollution at " + name + ": limit exceeded";
            case AIR_RAPID_RISE -> severity + " air pollution at " + name + ": rapid rise";
            case THRESHOLD -> severity + " threshold crossing " + preposition(subject.type()) + " " + name;
            case SENSOR_HEALTH -> severity + " sensor trouble at " + name;
        };
    }

    private static String preposition(SubjectType type) {
        return switch (type) {
            case ROAD_SEGMENT, CORRIDOR -> "on";
            case DISTRICT -> "in";
            case STATION, SENSOR -> "at";
        };
    }

    private static String capitalized(Severity severity) {
        String word = severity.wireName();
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
