package org.citystream.analytics.traffic;

import java.time.Instant;
import java.util.Map;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/**
 * A detector as tests write it: what it is registered as, and its readings.
 *
 * @param lanes 0: the registry does not say
 */
public record Detector(
        String id,
        String segment,
        int lanes,
        Facility facility,
        Measurement measurement,
        @Nullable Double freeFlow,
        int interval) {

    public static Detector onFreeway(String segment, double freeFlowKmh) {
        return new Detector("loop-" + segment, segment, 1, Facility.FREEWAY, Measurement.POINT, freeFlowKmh, 60);
    }

    public static Detector onStreet(String segment, @Nullable Double freeFlowKmh) {
        return new Detector("loop-" + segment, segment, 1, Facility.URBAN_STREET, Measurement.POINT, freeFlowKmh, 60);
    }

    public static Detector byTravelTime(String segment, @Nullable Double freeFlowKmh, int intervalSeconds) {
        return new Detector(
                segment, segment, 1, Facility.URBAN_STREET, Measurement.TRAVEL_TIME, freeFlowKmh, intervalSeconds);
    }

    public Detector named(String newId) {
        return new Detector(newId, segment, lanes, facility, measurement, freeFlow, interval);
    }

    /** Without a configured free-flow speed. */
    public Detector learning() {
        return new Detector(id, segment, lanes, facility, measurement, null, interval);
    }

    public Detector withLanes(int newLanes) {
        return new Detector(id, segment, newLanes, facility, measurement, freeFlow, interval);
    }

    public Sensor registered() {
        return registered("UTC");
    }

    public Sensor registered(String zone) {
        return registered(zone, null, null);
    }

    /** Where its corridor has it. */
    public Sensor registeredAt(double positionM) {
        return registered("UTC", positionM, null);
    }

    /** For a segment of this length. */
    public Sensor registeredFor(double lengthM) {
        return registered("UTC", null, lengthM);
    }

    private Sensor registered(String zone, @Nullable Double positionM, @Nullable Double lengthM) {
        return new Sensor(
                id,
                SensorKind.TRAFFIC,
                "testville",
                null,
                new GeoPoint(56.15, 10.2),
                segment,
                lanes == 0 ? null : Integer.valueOf(lanes),
                "ring",
                positionM,
                lengthM,
                facility,
                measurement,
                freeFlow,
                null,
                null,
                interval,
                null,
                zone,
                null,
                false,
                null,
                Map.of(),
                1,
                Instant.EPOCH);
    }

    public Observation reads(Instant observedAt, double count, double speedKmh) {
        return reads(observedAt, interval, 0, count, speedKmh, Double.NaN);
    }

    public Observation reads(
            Instant observedAt, int periodSeconds, int lane, double count, double speedKmh, double occupancy) {
        return TrafficMeasure.observation(
                segment,
                id,
                lane,
                observedAt.toEpochMilli(),
                periodSeconds * 1000L,
                null,
                0,
                count,
                speedKmh,
                occupancy);
    }
}
