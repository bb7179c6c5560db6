package org.citystream.analytics.corridor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.traffic.CongestionPolicy;
import org.citystream.analytics.traffic.Rounded;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.jspecify.annotations.Nullable;

/**
 * A road segment of a corridor in one minute.
 *
 * @param positionM along the corridor, growing in driving direction
 * @param part what the minute says; absent: nothing
 */
record Station(
        SubjectProfile profile, double positionM, @Nullable SegmentPart part) {
    private static final int SENSORS_AT_MOST = 20;

    String id() {
        return profile.subjectId();
    }

    static Set<String> ids(List<Station> stations) {
        return stations.stream().map(Station::id).collect(Collectors.toSet());
    }

    @Nullable GeoPoint location() {
        return profile.location();
    }

    /** Whether matched vehicles, not detectors, measure it. */
    boolean byTravelTime() {
        return profile.sensors().stream().allMatch(sensor -> sensor.measurement() == Measurement.TRAVEL_TIME);
    }

    /** Speed over free-flow speed, 0 in a standstill; NaN: not known. */
    double ratio() {
        return part == null ? Double.NaN : CongestionPolicy.ratio(part);
    }

    /** Speed over free-flow speed that is typical at this hour of the week; NaN: not known. */
    double usualRatio() {
        return part == null ? Double.NaN : part.typicalSpeedKmh() / part.freeFlowSpeedKmh();
    }

    /** 0..1; NaN: not known. */
    double occupancy() {
        return part == null ? Double.NaN : part.occupancy();
    }

    /** Half of the length it stands for, m; 0 where the registry does not say. */
    double halfLengthM() {
        Double length = profile.first(Sensor::lengthM);
        return length == null ? 0 : length / 2;
    }

    /** Share of expected readings that arrived, 0..1; 0 where nothing was heard. */
    double completeness() {
        return part == null ? 0 : part.completeness();
    }

    /** What it says of the minute, for evidence; nothing, where nothing was heard. */
    void tell(ObjectNode json) {
        if (part == null) {
            return;
        }
        json.put("segmentId", id())
                .put("positionM", positionM)
                .put("speedKmh", Rounded.known(2, part.speedKmh()))
                .put("speedRatio", Rounded.known(4, part.speedRatio()))
                .put("vehicleFlowPerHour", Rounded.known(1, part.flowPerHour()))
                .put("occupancy", Rounded.known(4, part.occupancy()))
                .put("freeFlowSpeedKmh", Rounded.known(1, part.freeFlowSpeedKmh()))
                .put("completeness", Rounded.known(3, part.completeness()))
                .put("readings", part.readings());
        if (part.baseline() != null) {
            json.put("baseline", part.baseline());
        }
    }

    /**
     * Its detectors, for evidence. The trust is that in the least trusted of them that decides; where some were left out, the
     * minute does not say which, so that none is called trusted.
     */
    void tellSensors(ArrayNode sensors) {
        if (part == null) {
            return;
        }
        for (Sensor sensor : profile.sensors()) {
            if (sensors.size() < SENSORS_AT_MOST) {
                ObjectNode told =
                        sensors.addObject().put("sensorId", sensor.sensorId()).put("segmentId", id());
                if (part.excluded() == 0) {
                    told.put("trust", Rounded.known(2, part.trust()));
                }
            }
        }
    }

    /** What of it decides nothing, and why. */
    void tellExcluded(ArrayNode excluded) {
        if (part == null) {
            excluded.addObject().put("segmentId", id()).put("reason", "no-data");
        } else if (part.excluded() > 0) {
            excluded.addObject()
                    .put("segmentId", id())
                    .put("reason", "detectors-not-believed")
                    .put("detectors", part.excluded());
        }
    }
}
