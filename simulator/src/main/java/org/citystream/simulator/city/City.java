package org.citystream.simulator.city;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;

/** What stands in the city: roads with their detectors, and air stations, in one body of air. */
public record City(
        String id,
        ZoneId timeZone,
        GeoPoint centre,
        Airshed airshed,
        List<Corridor> corridors,
        List<Station> stations) {
    /** Period of a detector's readings, s. */
    public static final int DETECTOR_PERIOD_SECONDS = 60;

    /** Period of an air station's readings, s. */
    public static final int STATION_PERIOD_SECONDS = 300;

    /** Every so many detectors one has no configured free-flow speed, so that it must be learned. */
    private static final int LEARNING_DETECTOR = 16;

    public City {
        corridors = List.copyOf(corridors);
        stations = List.copyOf(stations);
    }

    /** The corridor with this id. */
    public Corridor corridor(String corridorId) {
        return corridors.stream()
                .filter(corridor -> corridor.id().equals(corridorId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no corridor '" + corridorId + "' in " + id));
    }

    /** The city as registry entries, without versions. */
    public List<Sensor> sensors() {
        List<Sensor> sensors = new ArrayList<>();
        for (Corridor corridor : corridors) {
            int number = 0;
            for (Detector detector : corridor.detectors()) {
                number++;
                sensors.add(detectorSensor(corridor, detector, number));
            }
        }
        stations.forEach(station -> sensors.add(stationSensor(station)));
        return sensors;
    }

    private Sensor detectorSensor(Corridor corridor, Detector detector, int number) {
        boolean configured = number % LEARNING_DETECTOR != 0;
        return new Sensor(
                detector.sensorId(),
                SensorKind.TRAFFIC,
                id,
                corridor.name() + ", km " + Math.round(detector.positionM() / 100) / 10.0,
                corridor.line().at(detector.positionM()),
                detector.roadSegmentId(),
                corridor.lanes(),
                corridor.id(),
                detector.positionM(),
                detector.toM() - detector.fromM(),
                corridor.facility(),
                Measurement.POINT,
                configured ? corridor.diagram().freeFlowSpeedKmh() : null,
                null,
                null,
                DETECTOR_PERIOD_SECONDS,
                null,
                timeZone.getId(),
                null,
                false,
                corridor.line().between(detector.fromM(), detector.toM()),
                corridorAttributes(corridor),
                0,
                null);
    }

    private Sensor stationSensor(Station station) {
        return new Sensor(
                station.sensorId(),
                SensorKind.AIR,
                id,
                station.name(),
                station.location(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                station.sensorId(),
                station.setting(),
                STATION_PERIOD_SECONDS,
                null,
                timeZone.getId(),
                null,
                false,
                null,
                attributes(),
                0,
                null);
    }

    private static Map<String, String> corridorAttributes(Corridor corridor) {
        Map<String, String> attributes = attributes();
        attributes.put("corridorName", corridor.name());
        return attributes;
    }

    private static Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("source", "simulated");
        return attributes;
    }
}
