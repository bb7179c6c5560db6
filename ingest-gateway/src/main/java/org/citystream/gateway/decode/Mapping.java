package org.citystream.gateway.decode;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Set;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a reading stand in somebody's JSON. Pointers (RFC 6901) start at the element of {@code readings}, and
 * at the whole document for what is not found there.
 *
 * @param readings an array with a reading each; null: the document is one reading
 * @param sensorId null: the topic names the sensor
 * @param observedAt null: the readings have no time
 */
public record Mapping(
        SensorKind kind,
        @Nullable JsonPointer readings,
        @Nullable JsonPointer sensorId,
        @Nullable Time observedAt,
        @Nullable JsonPointer bootId,
        @Nullable JsonPointer sequence,
        @Nullable JsonPointer laneId,
        @Nullable Period periodSeconds,
        List<Value> values) {

    /** How a time is written. */
    public enum TimeForm {
        /** ISO 8601, with an offset or in the source's time zone. */
        ISO,
        EPOCH_SECONDS,
        EPOCH_MILLISECONDS
    }

    /** Where the time stands. */
    public record Time(JsonPointer pointer, TimeForm form) {}

    /** Where the length of the observed period stands. */
    public record Period(JsonPointer pointer, Unit unit) {}

    /**
     * Where a measured value stands. What is recorded is {@code value * scale}, converted from {@code unit}.
     *
     * @param missing numbers that stand for "not measured", before scaling
     */
    public record Value(Quantity quantity, JsonPointer pointer, Unit unit, double scale, Set<Double> missing) {}
}
