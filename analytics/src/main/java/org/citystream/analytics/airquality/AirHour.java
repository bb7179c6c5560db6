package org.citystream.analytics.airquality;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.function.Supplier;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.summary.AirQualitySummary;
import org.jspecify.annotations.Nullable;

/**
 * One clock hour told in one of two ways: settled, where means need 75 % capture, or running, where whatever has been
 * measured so far counts.
 */
public final class AirHour {
    private final AirQualitySummary settled;
    private final @Nullable String districtId;
    private final Supplier<AirQualitySummary> running;
    private final AirQualitySummary told;

    /**
     * @param districtId of the station; absent: it has no neighbours
     * @param running asked for only when a running hour is told
     */
    AirHour(AirQualitySummary settled, @Nullable String districtId, Supplier<AirQualitySummary> running) {
        this(settled, districtId, running, settled);
    }

    private AirHour(
            AirQualitySummary settled,
            @Nullable String districtId,
            Supplier<AirQualitySummary> running,
            AirQualitySummary told) {
        this.settled = settled;
        this.districtId = districtId;
        this.running = running;
        this.told = told;
    }

    AirHour told(int revision, boolean isFinal) {
        return new AirHour(settled, districtId, running, revised(isFinal ? settled : running.get(), revision, isFinal));
    }

    /** What the hour says to the station's district; nothing while it runs. */
    @Nullable Observation part() {
        return districtId == null || !told.isFinal() ? null : StationHour.observation(districtId, told);
    }

    /** The summary to be told; the JSON form of this hour. */
    @JsonValue
    public AirQualitySummary summary() {
        return told;
    }

    private static AirQualitySummary revised(AirQualitySummary s, int revision, boolean isFinal) {
        return new AirQualitySummary(
                s.stationId(),
                s.setting(),
                s.cityId(),
                s.windowStart(),
                s.windowEnd(),
                revision,
                isFinal,
                s.readingCount(),
                s.pm25UgM3(),
                s.pm10UgM3(),
                s.no2UgM3(),
                s.o3UgM3(),
                s.so2UgM3(),
                s.coMgM3(),
                s.pm25NowCastUgM3(),
                s.pm10NowCastUgM3(),
                s.usAqi(),
                s.usAqiCategory(),
                s.usAqiPollutant(),
                s.europeanIndex(),
                s.europeanPollutant(),
                s.europeanIncomplete(),
                s.temperatureC(),
                s.relativeHumidity(),
                s.windSpeedMs(),
                s.windDirectionDeg(),
                s.averages(),
                s.lowerBounds(),
                s.averageLowerBounds(),
                s.completeness());
    }
}
