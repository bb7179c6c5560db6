package org.citystream.simulator.scenario;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that really happened, as a row of {@code truth.csv}.
 *
 * @param end absent while it goes on
 * @param kind as in rules: {@code incident}, {@code congestion}, {@code air-index}, {@code air-exceedance}, {@code
 *     sensor-health}
 * @param subjectType {@code corridor}, {@code station} or {@code sensor}
 * @param corridor its id, where it happened on a road
 * @param stretch the road it ever touched, where it happened on a road
 */
public record TruthEpisode(
        Instant start,
        @Nullable Instant end,
        String kind,
        String subjectType,
        String subject,
        @Nullable String corridor,
        @Nullable Stretch stretch,
        String severity,
        String cause) {
    /** Part of a corridor, m along it. */
    public record Stretch(double fromM, double toM) {}

    static TruthEpisode onRoad(
            Instant start,
            @Nullable Instant end,
            String kind,
            String corridor,
            Stretch stretch,
            String severity,
            String cause) {
        return new TruthEpisode(start, end, kind, "corridor", corridor, corridor, stretch, severity, cause);
    }

    static TruthEpisode atStation(
            Instant start, @Nullable Instant end, String kind, String stationId, String severity, String cause) {
        return new TruthEpisode(start, end, kind, "station", stationId, null, null, severity, cause);
    }

    static TruthEpisode ofSensor(Instant start, @Nullable Instant end, String sensorId, String cause) {
        return new TruthEpisode(start, end, "sensor-health", "sensor", sensorId, null, null, "minor", cause);
    }

    /** What distinguishes it from every other. */
    String key() {
        return start + kind + subject + (subjectType.equals("corridor") ? "" : cause);
    }
}
