package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.citystream.simulator.city.StationAir;
import org.jspecify.annotations.Nullable;

/**
 * Watches the true air at the stations and notes clock hours whose mean is bad, run by run: {@code air-index} where the
 * European index of the hour is poor or worse, {@code air-exceedance} where ozone is above 180 µg/m³ or NO2 above 200 for
 * three hours. Hours that are not complete are not judged.
 */
final class AirTruth {
    private static final int SAMPLES_PER_HOUR = 12;

    /** What is looked for. @param severe from here on it is severe; @param hours how many in a row make an episode */
    private record Threshold(
            String kind,
            String pollutant,
            ToDoubleFunction<StationAir> measure,
            double above,
            double severe,
            double extreme,
            int hours) {}

    private static final List<Threshold> THRESHOLDS = List.of(
            new Threshold("air-index", "PM2.5", StationAir::pm25UgM3, 50, 90, 140, 1),
            new Threshold("air-index", "PM10", StationAir::pm10UgM3, 120, 195, 270, 1),
            new Threshold("air-index", "NO2", StationAir::no2UgM3, 60, 100, 150, 1),
            new Threshold("air-index", "O3", StationAir::o3UgM3, 120, 160, 180, 1),
            new Threshold("air-index", "SO2", StationAir::so2UgM3, 125, 190, 275, 1),
            new Threshold("air-exceedance", "O3 above 180 µg/m³", StationAir::o3UgM3, 180, 240, 360, 1),
            new Threshold("air-exceedance", "NO2 above 200 µg/m³", StationAir::no2UgM3, 200, 400, 600, 3));

    private final Course course;
    private final Map<String, Hour> hours = new TreeMap<>();
    private final Map<String, Bad> open = new TreeMap<>();
    private final List<TruthEpisode> closed = new ArrayList<>();

    AirTruth(Course course) {
        this.course = course;
    }

    /** Takes in what the stations stood in over the last minutes. */
    void observe(List<StationAir> stations) {
        for (StationAir air : stations) {
            Instant start = air.end().minusNanos(1).truncatedTo(ChronoUnit.HOURS);
            Hour hour = hours.computeIfAbsent(air.stationId(), id -> new Hour());
            hour.add(air);
            if (air.end().equals(start.plus(1, ChronoUnit.HOURS))) {
                if (hour.samples == SAMPLES_PER_HOUR) {
                    judge(air.stationId(), start, hour);
                }
                hours.remove(air.stationId());
            }
        }
    }

    private void judge(String stationId, Instant start, Hour hour) {
        Instant end = start.plus(1, ChronoUnit.HOURS);
        for (Threshold threshold : THRESHOLDS) {
            String key = stationId + threshold.kind() + threshold.pollutant();
            double mean = hour.mean(threshold);
            Bad bad = open.get(key);
            if (bad != null && (mean <= threshold.above() || !bad.end.equals(start))) {
                open.remove(key);
                if (bad.isNoted()) {
                    closed.add(bad.episode(bad.end));
                }
                bad = null;
            }
            if (mean > threshold.above()) {
                if (bad == null) {
                    String cause = course.airCause(start).map(why -> why + ": ").orElse("");
                    bad = new Bad(stationId, threshold, start, cause + threshold.pollutant());
                    open.put(key, bad);
                }
                bad.extend(end, mean);
            }
        }
    }

    /** Everything noted so far; what goes on has no end. */
    List<TruthEpisode> episodes() {
        List<TruthEpisode> episodes = new ArrayList<>(closed);
        open.values().stream()
                .filter(Bad::isNoted)
                .map(bad -> bad.episode(null))
                .forEach(episodes::add);
        return episodes;
    }

    private static final class Hour {
        private final Map<Threshold, Double> sums = new HashMap<>();
        private int samples;

        void add(StationAir air) {
            THRESHOLDS.forEach(
                    threshold -> sums.merge(threshold, threshold.measure().applyAsDouble(air), Double::sum));
            samples++;
        }

        double mean(Threshold threshold) {
            return sums.getOrDefault(threshold, 0.0) / samples;
        }
    }

    private static final class Bad {
        private final String stationId;
        private final Threshold threshold;
        private final Instant start;
        private final String cause;
        private Instant end;
        private double worst;

        Bad(String stationId, Threshold threshold, Instant start, String cause) {
            this.stationId = stationId;
            this.threshold = threshold;
            this.start = start;
            this.end = start;
            this.cause = cause;
        }

        void extend(Instant to, double mean) {
            end = to;
            worst = Math.max(worst, mean);
        }

        boolean isNoted() {
            return Duration.between(start, end).toHours() >= threshold.hours();
        }

        TruthEpisode episode(@Nullable Instant ended) {
            String severity =
                    worst > threshold.extreme() ? "extreme" : worst > threshold.severe() ? "severe" : "moderate";
            return TruthEpisode.atStation(start, ended, threshold.kind(), stationId, severity, cause);
        }
    }
}
