package org.citystream.simulator.comparison;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;
import org.citystream.testsupport.RecordedData;
import org.jspecify.annotations.Nullable;

/** What was recorded in Eindhoven, Aarhus, London and Beijing. A test that asks for what is not here is skipped. */
final class RecordedCities {
    static final ZoneId AARHUS = ZoneId.of("Europe/Copenhagen");
    static final ZoneId EINDHOVEN = ZoneId.of("Europe/Amsterdam");
    static final ZoneId LONDON = ZoneId.of("Europe/London");
    static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private RecordedCities() {}

    /** Skips the test that asks, unless all recordings are here. */
    static void requireAll() {
        List.of("ndw-eindhoven", "aarhus-traffic", "london-marylebone", "beijing-prsa")
                .forEach(RecordedData::require);
    }

    /**
     * Vehicles in a minute on each carriageway around Eindhoven by that carriageway's mean. The recording repeats the same
     * 60 minutes hour by hour, so that its scatter can be compared, but no daily course.
     */
    static Samples minuteCounts() {
        Map<String, Map<Instant, Double>> flows = new HashMap<>();
        traffic("ndw-eindhoven", "ndw_minute.csv", reading -> {
            if (reading.vehicleCount() != null) {
                flows.computeIfAbsent(reading.sensorId(), id -> new HashMap<>())
                        .merge(reading.observedAt(), reading.vehicleCount() * 60.0, Double::sum);
            }
        });
        Samples samples = new Samples(EINDHOVEN);
        flows.values().forEach(flow -> {
            double mean = flow.values().stream().mapToDouble(v -> v).average().orElseThrow();
            flow.forEach((end, vehH) -> samples.add(end.minusSeconds(60), vehH / mean));
        });
        return samples;
    }

    /** Mean speeds of lanes and minutes around Eindhoven, km/h by their own lane's mean; nothing was congested. */
    static Samples freewaySpeed() {
        Map<String, List<TrafficReading>> lanes = new HashMap<>();
        traffic("ndw-eindhoven", "ndw_minute.csv", reading -> {
            if (reading.averageSpeedKmh() != null && reading.vehicleCount() != null && reading.vehicleCount() >= 3) {
                lanes.computeIfAbsent(reading.sensorId() + reading.laneId(), id -> new ArrayList<>())
                        .add(reading);
            }
        });
        return relativeSpeeds(lanes, EINDHOVEN);
    }

    static Samples relativeSpeeds(Map<String, List<TrafficReading>> lanes, ZoneId timeZone) {
        Samples samples = new Samples(timeZone);
        for (List<TrafficReading> lane : lanes.values()) {
            double mean =
                    lane.stream().mapToDouble(RecordedCities::speed).average().orElseThrow();
            lane.forEach(reading -> samples.add(reading.observedAt().minusSeconds(60), speed(reading) / mean));
        }
        return samples;
    }

    static double speed(TrafficReading reading) {
        Double speed = reading.averageSpeedKmh();
        return speed == null ? Double.NaN : speed;
    }

    /**
     * What the files of Aarhus call 05:00 is 07:00 in town: read as local time, the morning peak would be at five and the
     * evening peak at two, so their labels must be UTC.
     */
    private static Instant inTown(Instant asRead) {
        return asRead.plusSeconds(7_200);
    }

    /** Bluetooth devices matched in 5 minutes, all of Aarhus: a few per cent of traffic, with its daily course. */
    static Samples urbanMatches() {
        Map<Instant, Double> matches = new HashMap<>();
        Map<Instant, Integer> segments = new HashMap<>();
        traffic("aarhus-traffic", "aarhus_2014-09-01_week_all449.csv.gz", reading -> {
            if (reading.vehicleCount() != null) {
                matches.merge(reading.observedAt(), (double) reading.vehicleCount(), Double::sum);
                segments.merge(reading.observedAt(), 1, Integer::sum);
            }
        });
        Samples samples = new Samples(AARHUS);
        matches.forEach((end, count) -> {
            int reporting = segments.getOrDefault(end, 0);
            if (reporting >= 50) {
                samples.add(inTown(end.minusSeconds(300)), count / reporting);
            }
        });
        return samples;
    }

    /** Speed by night speed (its 85th percentile) on the five segments of Aarhus that are congested most. */
    static Samples urbanSpeed() {
        List<String> congested = List.of("185316", "185104", "185157", "187721", "189994");
        Map<String, List<TrafficReading>> segments = new HashMap<>();
        traffic("aarhus-traffic", "aarhus_2014-09-01_week_all449.csv.gz", reading -> {
            boolean here = congested.stream().anyMatch(id -> reading.sensorId().endsWith(id));
            if (here && reading.averageSpeedKmh() != null) {
                segments.computeIfAbsent(reading.sensorId(), id -> new ArrayList<>())
                        .add(reading);
            }
        });
        Samples samples = new Samples(AARHUS);
        segments.values().forEach(readings -> {
            double[] night = readings.stream()
                    .filter(reading ->
                            inTown(reading.observedAt()).atZone(AARHUS).getHour() < 5)
                    .mapToDouble(RecordedCities::speed)
                    .sorted()
                    .toArray();
            double free = night[(int) (night.length * 0.85)];
            readings.forEach(reading ->
                    samples.add(inTown(reading.observedAt().minusSeconds(300)), Math.min(1, speed(reading) / free)));
        });
        return samples;
    }

    /** A quantity at sites of a file, hour by hour. @param site part of the sensor id; empty: all */
    static Samples air(
            String dataSet,
            String file,
            String site,
            ZoneId timeZone,
            Function<AirQualityReading, @Nullable Double> quantity) {
        Samples samples = new Samples(timeZone);
        play(dataSet, file, recorded -> {
            if (recorded instanceof RecordedReading.Air air && air.sensorId().contains(site)) {
                Double value = quantity.apply(air.reading());
                if (value != null) {
                    samples.add(air.observedAt().minusSeconds(3_600), value);
                }
            }
        });
        return samples;
    }

    private static void traffic(String dataSet, String file, Consumer<TrafficReading> to) {
        play(dataSet, file, recorded -> {
            if (recorded instanceof RecordedReading.Traffic traffic) {
                to.accept(traffic.reading());
            }
        });
    }

    private static void play(String dataSet, String file, Consumer<RecordedReading> to) {
        Path folder = RecordedData.require(dataSet);
        Iterator<RecordedReading> readings =
                Recording.open(folder, file, "recorded", null, null).readings();
        readings.forEachRemaining(to);
    }
}
