package org.citystream.dashboard.live;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.citystream.model.reading.ClockState;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;

/**
 * The newest known of everything: per segment and station the last word on the latest window, per sensor its
 * health, and the deployment's clock. One writer, many readers.
 */
public final class CityState {
    private final Map<String, TrafficSummary> traffic = new ConcurrentHashMap<>();
    private final Map<String, AirQualitySummary> air = new ConcurrentHashMap<>();
    private final Map<String, SensorHealth> health = new ConcurrentHashMap<>();
    private final Registry registry = new Registry();
    private final Episodes episodes = new Episodes();
    private volatile @Nullable ClockState clock;

    /** Takes a summary; false if a newer one is known, so that a correction of the past is no news. */
    public boolean accept(TrafficSummary summary) {
        TrafficSummary known = traffic.get(summary.roadSegmentId());
        if (known != null && summary.windowEnd().isBefore(known.windowEnd())) {
            return false;
        }
        traffic.put(summary.roadSegmentId(), summary);
        return true;
    }

    /** Takes a summary; false if a newer one is known. */
    public boolean accept(AirQualitySummary summary) {
        AirQualitySummary known = air.get(summary.stationId());
        if (known != null && summary.windowEnd().isBefore(known.windowEnd())) {
            return false;
        }
        air.put(summary.stationId(), summary);
        return true;
    }

    public void accept(SensorHealth sensorHealth) {
        health.put(sensorHealth.sensorId(), sensorHealth);
    }

    public void accept(ClockState state) {
        clock = state;
    }

    public Registry registry() {
        return registry;
    }

    public Episodes episodes() {
        return episodes;
    }

    /** The deployment's clock as last heard. */
    public Optional<ClockState> clock() {
        return Optional.ofNullable(clock);
    }

    /** What the deployment calls now; without a clock the end of all time, when the newest version of each sensor holds. */
    public Instant now() {
        ClockState known = clock;
        return known == null ? Instant.MAX : known.now();
    }

    /** Newest summary by road segment. */
    public Map<String, TrafficSummary> traffic() {
        return Map.copyOf(traffic);
    }

    /** Newest summary by station. */
    public Map<String, AirQualitySummary> air() {
        return Map.copyOf(air);
    }

    /** Health by sensor. */
    public Map<String, SensorHealth> health() {
        return Map.copyOf(health);
    }
}
