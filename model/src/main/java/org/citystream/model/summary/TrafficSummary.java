package org.citystream.model.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One minute of one road segment, as on {@code city.summaries.traffic.v1}; absent values were not measured.
 *
 * @param windowStart inclusive
 * @param windowEnd exclusive
 * @param revision 1, 2, ...; the latest counts
 * @param isFinal whether the window has closed
 * @param vehicleFlowPerHour all lanes, veh/h
 * @param spaceMeanSpeedKmh harmonic, flow-weighted mean over lanes, km/h
 * @param occupancy mean over lanes, 0..1
 * @param densityVehKmLane per lane, veh/km
 * @param baseline where the free-flow speed comes from: {@code configured}, {@code learned}, {@code provisional}
 * @param speedRatio speed over free-flow speed, capped at 1
 * @param travelTimeIndex free-flow speed over speed, at least 1
 * @param planningTimeIndex 95th percentile of travel time over that in free flow, at least 1; of the last days, in effect
 *     from midnight
 * @param congestionLevelPercent extra travel time in per cent of that in free flow
 * @param vehicleDelayVehH time that the minute's vehicles lose on the segment against free flow, veh-h; needs its length
 * @param typicalSpeedKmh speed at this hour of the week in earlier weeks
 * @param levelOfService A..F
 * @param completeness share of expected readings that arrived, 0..1
 * @param trust lowest trust in a sensor that contributed, 0..1; absent: none did
 * @param sensors ids of the sensors that contributed, ascending
 * @param excluded sensors that were left out; absent: none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrafficSummary(
        String roadSegmentId,
        @Nullable String corridorId,
        @Nullable String cityId,
        Instant windowStart,
        Instant windowEnd,
        int revision,
        @JsonProperty("final") boolean isFinal,
        int readingCount,
        @Nullable Double vehicleFlowPerHour,
        @Nullable Double spaceMeanSpeedKmh,
        @Nullable Double occupancy,
        @Nullable Double densityVehKmLane,
        @Nullable Double freeFlowSpeedKmh,
        @Nullable String baseline,
        @Nullable Double speedRatio,
        @Nullable Double travelTimeIndex,
        @Nullable Double planningTimeIndex,
        @Nullable Double congestionLevelPercent,
        @Nullable Double vehicleDelayVehH,
        @Nullable Double typicalSpeedKmh,
        @Nullable String levelOfService,
        double completeness,
        @Nullable Double trust,
        List<String> sensors,
        @Nullable List<ExcludedSensor> excluded) {

    /** The same content under another revision. */
    public TrafficSummary revised(int newRevision, boolean newIsFinal) {
        return new TrafficSummary(
                roadSegmentId,
                corridorId,
                cityId,
                windowStart,
                windowEnd,
                newRevision,
                newIsFinal,
                readingCount,
                vehicleFlowPerHour,
                spaceMeanSpeedKmh,
                occupancy,
                densityVehKmLane,
                freeFlowSpeedKmh,
                baseline,
                speedRatio,
                travelTimeIndex,
                planningTimeIndex,
                congestionLevelPercent,
                vehicleDelayVehH,
                typicalSpeedKmh,
                levelOfService,
                completeness,
                trust,
                sensors,
                excluded);
    }
}
