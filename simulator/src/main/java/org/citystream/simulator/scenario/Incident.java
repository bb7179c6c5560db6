package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that takes capacity from one place of a road for a while, in phases.
 *
 * @param positionM where, m along the corridor
 * @param cause for people, as in the truth file
 */
public record Incident(String corridorId, double positionM, Instant start, List<Phase> phases, String cause) {
    /** Part of an incident's life with the remaining share of capacity, 0..1. */
    public record Phase(Duration length, double capacityFactor) {}

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

    /** Remaining share of capacity; 1 outside the incident. */
    public double capacityFactorAt(Instant at) {
        Instant phaseStart = start;
        for (Phase phase : phases) {
            Instant phaseEnd = phaseStart.plus(phase.length());
            if (!at.isBefore(phaseStart) && at.isBefore(phaseEnd)) {
                return phase.capacityFactor();
            }
            phaseStart = phaseEnd;
        }
        return 1;
    }
}
