package org.citystream.model.place;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.FieldChange;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * What registering sensors adds to the log of registry entries.
 *
 * @param changes the new versions
 * @param unchanged how many sensors already are as wanted
 */
public record SensorRevision(List<Change> changes, int unchanged) {

    /**
     * A new version.
     *
     * @param before the latest version so far; null: the sensor is new
     */
    public record Change(@Nullable Sensor before, Sensor after) {

        /** What the new version says otherwise, field by field; of a new sensor nothing. */
        public List<FieldChange> fields() {
            return before == null ? List.of() : FieldChange.between(content(before), content(after));
        }
    }

    /**
     * A new sensor's entry holds from its own {@code effectiveFrom}, before which nobody expects it to report; without
     * one, and for every later version, from the earliest minute that the clock allows.
     *
     * @param wanted version and, but for new sensors, {@code effectiveFrom} are not looked at
     * @param latest the latest version of each known sensor, by id
     * @param clock absent if the deployment's clock has never run; entries then hold from the beginning
     */
    public static SensorRevision of(Collection<Sensor> wanted, Map<String, Sensor> latest, Optional<ClockState> clock) {
        Instant earliest = clock.map(ClockState::earliestEffect).orElse(Instant.EPOCH);
        List<Change> changes = new ArrayList<>();
        for (Sensor sensor : wanted) {
            Sensor before = latest.get(sensor.sensorId());
            if (before == null) {
                Instant from = sensor.effectiveFrom();
                changes.add(new Change(null, sensor.withVersion(1, from == null ? earliest : from)));
            } else if (!content(sensor).equals(content(before))) {
                changes.add(new Change(before, sensor.withVersion(before.version() + 1, later(before, earliest))));
            }
        }
        return new SensorRevision(List.copyOf(changes), wanted.size() - changes.size());
    }

    /** A later version never holds before an earlier one, even if that one is still to come. */
    private static Instant later(Sensor before, Instant earliest) {
        Instant from = before.effectiveFrom();
        return from != null && from.isAfter(earliest) ? from : earliest;
    }

    /** The new versions, ready to be written. */
    public List<Sensor> added() {
        return changes.stream().map(Change::after).toList();
    }

    /** As JSON, because one side was read from it. */
    private static JsonNode content(Sensor sensor) {
        return JsonCodec.internal().valueToTree(sensor.withVersion(1, Instant.EPOCH));
    }
}
