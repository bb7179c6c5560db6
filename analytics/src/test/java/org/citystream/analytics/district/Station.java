package org.citystream.analytics.district;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.airquality.StationHour;
import org.citystream.analytics.pane.Filled;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.summary.AirQualitySummary;
import org.jspecify.annotations.Nullable;

/** An air station of testville, of which a district is told. */
record Station(String id, @Nullable String name, @Nullable GeoPoint place) {
    static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    static final String CITY = "testville";

    static Instant at(int hour) {
        return MIDNIGHT.plus(Duration.ofHours(hour));
    }

    Sensor sensor(int everySeconds) {
        return new Sensor(
                id,
                SensorKind.AIR,
                CITY,
                name,
                place,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                id,
                null,
                everySeconds,
                null,
                "UTC",
                null,
                false,
                null,
                Map.of(),
                1,
                Instant.EPOCH);
    }

    /** One that sends once an hour. */
    private Neighbour neighbour(@Nullable StationHour hour) {
        return new Neighbour(new SubjectProfile(SensorKind.AIR, id, List.of(sensor(3600)), true), hour);
    }

    Neighbour silent() {
        return neighbour(null);
    }

    /** One that speaks in the first hour of the day, and says this of NO2 and of the indices. */
    Neighbour says(
            @Nullable Double no2UgM3, @Nullable Integer european, @Nullable String usAqi, String... lowerBounds) {
        return says(MIDNIGHT, no2UgM3, european, usAqi, lowerBounds);
    }

    Neighbour says(
            Instant start,
            @Nullable Double no2UgM3,
            @Nullable Integer european,
            @Nullable String usAqi,
            String... lowerBounds) {
        AirQualitySummary summary = new AirQualitySummary(
                id,
                null,
                CITY,
                start,
                start.plus(Duration.ofHours(1)),
                1,
                true,
                1,
                null,
                null,
                no2UgM3,
                null,
                null,
                null,
                null,
                null,
                null,
                usAqi,
                null,
                european,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(lowerBounds),
                null,
                Map.of());
        return neighbour(StationHour.of(Filled.part(StationHour.observation(CITY, summary)), start, ZoneOffset.UTC));
    }
}
