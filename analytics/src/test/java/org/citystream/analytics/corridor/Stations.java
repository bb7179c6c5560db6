package org.citystream.analytics.corridor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/** Stations {@code s0, s1, ...} of a corridor in one minute, without a registry. */
final class Stations {
    private Stations() {}

    /** A minute of a segment with free flow at 100 km/h: whole, from one reading, nothing left out. */
    static SegmentPart part(double speedKmh, double flowPerHour) {
        return new SegmentPart(
                speedKmh, Math.min(1, speedKmh / 100), flowPerHour, 0.1, 100, Double.NaN, "configured", 1, 1, 0, 1);
    }

    /** One whose detector, if any, the registry says stands for 500 m. */
    static Station station(int index, double positionM, boolean registered, @Nullable SegmentPart part) {
        List<Sensor> sensors = registered ? List.of(CorridorLife.sensor(index, false, 1, Instant.EPOCH)) : List.of();
        return new Station(new SubjectProfile(SensorKind.TRAFFIC, "s" + index, sensors, registered), positionM, part);
    }

    /** Of which only the places are known. */
    static List<Station> at(double... positionsM) {
        List<Station> stations = new ArrayList<>();
        for (double positionM : positionsM) {
            stations.add(station(stations.size(), positionM, false, null));
        }
        return stations;
    }
}
