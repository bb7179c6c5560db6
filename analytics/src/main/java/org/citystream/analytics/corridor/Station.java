package org.citystream.analytics.corridor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.traffic.CongestionPolicy;
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
}
