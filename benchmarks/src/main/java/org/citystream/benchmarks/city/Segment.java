package org.citystream.benchmarks.city;

import java.time.Instant;
import java.util.Map;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;

/**
 * A road segment with one detector that tells lanes apart.
 *
 * @param freeFlowKmh true free-flow speed; the registry knows it of streets only
 * @param phase second of the period at which the detector sends
 */
public record Segment(
        int number,
        String sensorId,
        String id,
        boolean freeway,
        int lanes,
        int periodSeconds,
        double freeFlowKmh,
        int phase) {
    /** Every detector has been up since then. */
    public static final String BOOT = "7f3a";

    static Segment of(int number, Density density) {
        boolean freeway = number % 2 == 0;
        int period = freeway ? density.freewayPeriod : density.streetPeriod;
        return new Segment(
                number,
                String.format("loop-%06d", number),
                String.format("segment-%06d", number),
                freeway,
                freeway ? density.freewayLanes : density.streetLanes,
                period,
                freeway ? 110 : 50,
                number * 7 % period);
    }

    /** The registry's entry. */
    public Sensor sensor() {
        return new Sensor(
                sensorId,
                SensorKind.TRAFFIC,
                "benchville",
                (freeway ? "Ring road, section " : "High street, block ") + number,
                new GeoPoint(56 + number % 317 / 1000.0, 10 + number % 211 / 1000.0),
                id,
                lanes,
                freeway ? "corridor-" + number / 40 : null,
                freeway ? number % 40 * 250.0 : null,
                500.0,
                freeway ? Facility.FREEWAY : Facility.URBAN_STREET,
                Measurement.POINT,
                freeway ? null : freeFlowKmh,
                null,
                null,
                periodSeconds,
                null,
                "Europe/Copenhagen",
                null,
                false,
                null,
                Map.of(),
                1,
                Instant.EPOCH);
    }

    /** Jams come at a time of day of their own, and last twenty minutes. */
    boolean isJammed(long observedAt) {
        return Math.floorMod(observedAt / 60_000 + number * 37L, 480) < 20;
    }
}
