package org.citystream.analytics.district;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * One rule in a district whose stations a, b, c ... stand in a row, eight kilometres apart, so that each has its neighbours
 * and no others. An hour is a character for each of them: a digit for so many hundred µg/m³ of NO2 and that level of the
 * European index, a dot for one that is silent, a dash for one that is not registered.
 */
final class TrackedDistrict {
    private static final int APART_KM = 8;

    private final EpisodeSubject subject;
    private final List<CityEvent> events = new ArrayList<>();
    private @Nullable Areas areas;
    private int hour;

    TrackedDistrict(String districtId) {
        this.subject = new EpisodeSubject(new Subject(SubjectType.DISTRICT, districtId, null), Station.CITY, null);
    }

    @Nullable Areas hours(Rule rule, String... drawn) {
        for (String each : drawn) {
            hour(rule, each);
        }
        return areas;
    }

    @Nullable Areas hour(Rule rule, String drawn) {
        List<Neighbour> stations = new ArrayList<>();
        for (int i = 0; i < drawn.length(); i++) {
            Station station = new Station(String.valueOf((char) ('a' + i)), null, Places.km(i * APART_KM, 0));
            char says = drawn.charAt(i);
            if (says == '.') {
                stations.add(station.silent());
            } else if (says != '-') {
                int level = says - '0';
                stations.add(station.says(Station.at(hour), 100.0 * level, level, null));
            }
        }
        areas = new AreaTracker(rule, subject, stations, Station.at(hour), Station.at(hour + 1), events).next(areas);
        hour++;
        return areas;
    }

    List<CityEvent> events() {
        return events;
    }

    /** The stations of each episode. */
    static List<Set<String>> members(@Nullable Areas areas) {
        return areas == null
                ? List.of()
                : areas.open().stream()
                        .map(area -> (Set<String>) area.members())
                        .toList();
    }
}
