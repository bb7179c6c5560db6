package org.citystream.analytics.rule;

import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.Scope;
import org.jspecify.annotations.Nullable;

/**
 * All that a scope can ask of something in the city.
 *
 * @param kind traffic: on a road; air: at a station
 * @param subjectId road segment or station
 */
public record Place(
        SensorKind kind,
        String subjectId,
        @Nullable String cityId,
        @Nullable String corridorId,
        @Nullable Setting setting,
        @Nullable GeoPoint location) {

    /** A road segment or station. */
    public static Place of(SubjectProfile profile) {
        return new Place(
                profile.kind(),
                profile.subjectId(),
                profile.cityId(),
                profile.corridorId(),
                profile.first(sensor -> sensor.setting()),
                profile.location());
    }

    /** A sensor: where it stands itself, on the road segment or at the station it belongs to. */
    public static Place of(Sensor sensor) {
        return new Place(
                sensor.kind(),
                sensor.subjectId(),
                sensor.cityId(),
                sensor.corridorId(),
                sensor.setting(),
                sensor.location());
    }

    /** A sensor that the registry does not know: it stands for itself. */
    public static Place unregistered(SensorKind kind, String sensorId, @Nullable String cityId) {
        return new Place(kind, sensorId, cityId, null, null, null);
    }

    boolean isCoveredBy(Scope scope) {
        return kind == SensorKind.TRAFFIC
                ? scope.coversSegment(cityId, subjectId, corridorId, location)
                : scope.coversStation(cityId, subjectId, setting, location);
    }
}
