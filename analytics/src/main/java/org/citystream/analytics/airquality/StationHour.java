package org.citystream.analytics.airquality;

import java.time.Instant;
import java.time.ZoneId;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.summary.AirQualitySummary;
import org.jspecify.annotations.Nullable;

/**
 * What one settled clock hour of a station says about limits and levels: to the station's own rules, and to its district.
 *
 * @param averages as the hour leaves them
 * @param day start of the calendar day that ends with the hour; absent: the day goes on
 * @param european level of the European index, 1..6
 * @param usAqi category of the US AQI, 1..6
 * @param silent whether nothing at all was heard
 */
public record StationHour(
        Averages averages,
        @Nullable Instant day,
        @Nullable Integer european,
        @Nullable Integer usAqi,
        boolean silent) {
    private static final int EUROPEAN = Averages.SIZE;
    private static final int US_AQI = EUROPEAN + 1;
    private static final int SIZE = US_AQI + 1;

    static StationHour of(Assessment assessment, Instant start, ZoneId zone, boolean silent) {
        return new StationHour(
                Averages.of(assessment.recent(), start, zone),
                LocalDay.endingWith(start, zone),
                assessment.level(AirIndex.EUROPEAN).orElse(null),
                assessment.level(AirIndex.US_AQI).orElse(null),
                silent);
    }

    public @Nullable Integer level(AirIndex index) {
        return index == AirIndex.EUROPEAN ? european : usAqi;
    }

    /** On its way to the district: one final revision of the hour. */
    public static Observation observation(String districtId, AirQualitySummary summary) {
        long[] totals = new long[SIZE];
        Averages.of(summary).copyTo(totals);
        String usAqi = summary.usAqiCategory();
        totals[EUROPEAN] = orNotMeasured(summary.europeanIndex());
        totals[US_AQI] = orNotMeasured(usAqi == null ? null : AirIndex.US_AQI.level(usAqi));
        return new Observation(
                districtId,
                summary.stationId(),
                0,
                summary.windowEnd().toEpochMilli(),
                AirFold.PANE.toMillis(),
                Identity.NO_BOOT,
                summary.revision(),
                1,
                totals);
    }

    private static long orNotMeasured(@Nullable Integer level) {
        return level == null ? Observation.NOT_MEASURED : level;
    }

    /** What the district's pane holds of the station. */
    public static StationHour of(Cell cell, Instant start, ZoneId zone) {
        return new StationHour(
                Averages.of(cell), LocalDay.endingWith(start, zone), level(cell, EUROPEAN), level(cell, US_AQI), false);
    }

    private static @Nullable Integer level(Cell cell, int measure) {
        return cell.measuredMillis(measure) == 0 ? null : (int) cell.sum(measure);
    }
}
