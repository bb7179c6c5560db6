package org.citystream.simulator.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.citystream.model.place.GeoPoint;
import org.citystream.simulator.city.Airshed;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.Station;
import org.citystream.simulator.city.WeekProfile;

/**
 * A city as a file describes it; {@code docs/simulator.md} explains each field. Scenarios happen on its first roads: the
 * first is the main road, the second leads in, the third leads out.
 *
 * @param profiles profiles of demand by name, beside the built-in {@code morning}, {@code evening}, {@code both}
 * @param roads at least one
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CityPlan(
        String id,
        ZoneId timeZone,
        GeoPoint centre,
        Airshed airshed,
        Map<String, WeekProfile> profiles,
        List<RoadPlan> roads,
        List<Station> stations) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Airshed USUAL_AIRSHED = new Airshed(9_000, 0.25);

    public CityPlan {
        if (id == null || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must match " + ID + " but is '" + id + "'");
        }
        if (timeZone == null) {
            throw new IllegalArgumentException("timeZone is missing, such as Europe/Stockholm");
        }
        if (centre == null) {
            throw new IllegalArgumentException("centre is missing, such as {latitude: 57.7, longitude: 11.93}");
        }
        airshed = airshed == null ? USUAL_AIRSHED : airshed;
        profiles = profiles == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(profiles));
        roads = roads == null ? List.of() : List.copyOf(roads);
        stations = stations == null ? List.of() : List.copyOf(stations);
        if (roads.isEmpty()) {
            throw new IllegalArgumentException("roads must name at least one road");
        }
        checkRoads(roads, profiles);
        checkStations(stations);
    }

    private static void checkRoads(List<RoadPlan> roads, Map<String, WeekProfile> profiles) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < roads.size(); i++) {
            RoadPlan road = roads.get(i);
            String profile = road.demand().profile();
            if (!ids.add(road.id())) {
                throw new IllegalArgumentException("roads[" + i + "].id '" + road.id() + "' is there twice");
            }
            if (!profiles.containsKey(profile) && !Profiles.names().contains(profile)) {
                throw new IllegalArgumentException(
                        "roads[" + i + "].demand.profile '" + profile + "' is neither one of profiles nor built in, as "
                                + String.join(", ", Profiles.names()) + " are");
            }
        }
    }

    private static void checkStations(List<Station> stations) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < stations.size(); i++) {
            Station station = stations.get(i);
            if (station.sensorId() == null || !ID.matcher(station.sensorId()).matches()) {
                throw new IllegalArgumentException(
                        "stations[" + i + "].sensorId must match " + ID + " but is '" + station.sensorId() + "'");
            }
            if (station.location() == null || station.setting() == null) {
                throw new IllegalArgumentException("stations[" + i + "] needs a location and a setting");
            }
            if (!ids.add(station.sensorId())) {
                throw new IllegalArgumentException(
                        "stations[" + i + "].sensorId '" + station.sensorId() + "' is there twice");
            }
        }
    }

    /** The city as it is built. */
    public City city() {
        List<Corridor> corridors = roads.stream()
                .map(road -> road.corridor(profile(road.demand().profile())))
                .toList();
        return new City(id, timeZone, centre, airshed, corridors, stations);
    }

    /** A profile of the file, or else the built-in one of this name. */
    WeekProfile profile(String name) {
        WeekProfile own = profiles.get(name);
        return own != null ? own : Profiles.named(name);
    }
}
