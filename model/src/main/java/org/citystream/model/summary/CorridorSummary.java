package org.citystream.model.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One minute of one corridor, as on {@code city.summaries.corridor.v1}; absent values are not known.
 *
 * @param windowStart inclusive
 * @param windowEnd exclusive
 * @param revision 1, 2, ...; the latest counts
 * @param isFinal whether the window has closed
 * @param lengthM from the first segment to the last
 * @param travelTimeSeconds of the whole corridor at the speeds of this minute; where speeds are missing, at those around
 * @param freeFlowTravelTimeSeconds likewise at free-flow speeds
 * @param travelTimeIndex travel time over that in free flow, at least 1
 * @param planningTimeIndex its 95th percentile over the last days, in effect from midnight
 * @param vehicleDelayVehH time that the minute's vehicles lose against free flow, veh-h
 * @param queuedM length of road that stands in queues
 * @param completeness share of the length whose speed is known, 0..1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CorridorSummary(
        String corridorId,
        @Nullable String cityId,
        Instant windowStart,
        Instant windowEnd,
        int revision,
        @JsonProperty("final") boolean isFinal,
        double lengthM,
        @Nullable Double travelTimeSeconds,
        @Nullable Double freeFlowTravelTimeSeconds,
        @Nullable Double travelTimeIndex,
        @Nullable Double planningTimeIndex,
        @Nullable Double vehicleDelayVehH,
        double queuedM,
        double completeness) {

    /** The same content under another revision. */
    public CorridorSummary revised(int newRevision, boolean newIsFinal) {
        return new CorridorSummary(
                corridorId,
                cityId,
                windowStart,
                windowEnd,
                newRevision,
                newIsFinal,
                lengthM,
                travelTimeSeconds,
                freeFlowTravelTimeSeconds,
                travelTimeIndex,
                planningTimeIndex,
                vehicleDelayVehH,
                queuedM,
                completeness);
    }
}
