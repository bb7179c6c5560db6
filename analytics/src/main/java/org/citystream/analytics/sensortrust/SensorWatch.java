package org.citystream.analytics.sensortrust;

import java.util.List;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;

/**
 * Everything remembered of one sensor's health. Immutable.
 *
 * @param record what its readings showed
 * @param cityId from its newest reading; the registry's word counts more
 * @param told the health last told; absent before the first judgement
 * @param troubles rules that the sensor's state meets, ascending by rule
 * @param wakeAt clock of the timer set, epoch ms; {@link #NEVER}: none
 */
public record SensorWatch(
        SensorRecord record,
        @Nullable String cityId,
        @Nullable Told told,
        List<Trouble> troubles,
        long wakeAt) {
    public static final long NEVER = Long.MAX_VALUE;

    /** Before anything is known. */
    public static final SensorWatch NEW = new SensorWatch(SensorRecord.NEW, null, null, List.of(), NEVER);

    /** @param since epoch ms */
    public record Told(HealthState state, double trust, long since) {}

    /**
     * A rule whose states the sensor is in.
     *
     * @param version of the rule
     * @param conditionKey of the condition that it meets; another condition starts anew
     * @param metAtClock clock at which it was found to be, epoch ms
     * @param startedAt event time from which it was, epoch ms
     * @param event as last told; absent until it has lasted long enough
     */
    public record Trouble(
            String ruleId,
            int version,
            long conditionKey,
            long metAtClock,
            long startedAt,
            @Nullable CityEvent event) {}

    public SensorWatch withReading(SensorRecord newRecord, @Nullable String newCityId) {
        return new SensorWatch(newRecord, newCityId == null ? cityId : newCityId, told, troubles, wakeAt);
    }

    public SensorWatch withWakeAt(long newWakeAt) {
        return new SensorWatch(record, cityId, told, troubles, newWakeAt);
    }
}
