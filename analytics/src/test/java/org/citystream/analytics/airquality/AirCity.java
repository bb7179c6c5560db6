package org.citystream.analytics.airquality;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.citystream.analytics.district.DistrictFold;
import org.citystream.analytics.district.DistrictState;
import org.citystream.analytics.pane.PaneCity;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.jspecify.annotations.Nullable;

/** Air stations and their districts under the kernel, without an engine. */
public final class AirCity extends PaneCity<AirState, AirHour> {
    private final PaneCity<DistrictState, Void> districts;

    public AirCity(PaneTiming timing) {
        super(
                AirFold::new,
                timing,
                hour -> hour.summary().windowStart(),
                hour -> hour.summary().revision());
        this.districts = new PaneCity<>(DistrictFold::new, timing.ofGroups(), AirCity::none, AirCity::none);
        tells(districts);
    }

    private static <T> T none(Void summary) {
        throw new AssertionError("districts tell no summaries");
    }

    public PaneCity<DistrictState, Void> districts() {
        return districts;
    }

    /** @param district as drawn in the registry; null: not drawn */
    public AirCity with(String stationId, @Nullable GeoPoint place, @Nullable String district) {
        add(new Sensor(
                stationId,
                SensorKind.AIR,
                "testville",
                null,
                place,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                stationId,
                Setting.URBAN,
                3600,
                null,
                "UTC",
                null,
                false,
                null,
                district == null ? Map.of() : Map.of("district", district),
                1,
                Instant.EPOCH));
        return this;
    }

    /** One clock hour of a station arrives. */
    public void hour(String stationId, Instant start, double[] values) {
        receives(AirObservations.of(
                stationId,
                stationId,
                start.plus(AirFold.PANE).toEpochMilli(),
                Duration.ofHours(1).toMillis(),
                null,
                0,
                values));
    }
}
