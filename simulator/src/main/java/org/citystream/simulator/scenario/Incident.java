package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that takes capacity from one stretch of a road for a while, in phases.
 *
 * @param planned whether it was announced, as road works are; its queues are congestion, not incidents
 * @param fromM upstream end, m along the corridor
 * @param toM downstream end; the same for one place
 * @param cause for people, as in the truth file
 */
public record Incident(
        boolean planned, String corridorId, double fromM, double toM, Instant start, List<Phase> phases, String cause) {
    /** Part of an incident's life with the remaining shares of capacity and of free-flow speed, above 0 to 1. */
    public record Phase(Duration length, double capacityFactor, double speedFactor) {}

    public Incident {
        phases = List.copyOf(phases);
    }

    /** When the road is open again. */
    public Instant end() {
        Instant end = start;
        for (Phase phase : phases) {
            end = end.plus(phase.length());
        }
        return end;
    }

    public boolean inForceAt(Instant at) {
        return !at.isBefore(start) && at.isBefore(end());
    }

    /** What it leaves of the road. @throws IllegalArgumentException if it is not in force */
    Phase phaseAt(Instant at) {
        Instant phaseEnd = start;
        for (Phase phase : phases) {
            phaseEnd = phaseEnd.plus(phase.length());
            if (!at.isBefore(start) && at.isBefore(phaseEnd)) {
                return phase;
            }
        }
        throw new IllegalArgumentException(cause + " is not in force at " + at);
    }
}
