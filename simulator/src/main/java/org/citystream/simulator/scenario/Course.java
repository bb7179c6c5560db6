package org.citystream.simulator.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citystream.simulator.city.Conditions;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.fault.FaultPlan;

/** What happens in one run of a scenario. Pure: any moment can be asked for in any order. */
public interface Course extends Conditions {
    /** Incidents in force at a moment. */
    default List<Incident> incidentsAt(Instant at) {
        return List.of();
    }

    /** Why a queue on this corridor that no incident explains would stand there; empty: an ordinary bottleneck. */
    default Optional<String> queueCause(Corridor corridor, Instant at) {
        return Optional.empty();
    }

    /** Why the air would be bad; empty: an ordinary day. */
    default Optional<String> airCause(Instant at) {
        return Optional.empty();
    }

    /** What is wrong with the sensors. */
    default List<FaultPlan> faults() {
        return List.of();
    }

    @Override
    default List<CapacityDrop> capacityDrops(Corridor corridor, Instant at) {
        return incidentsAt(at).stream()
                .filter(incident -> incident.corridorId().equals(corridor.id()))
                .map(incident -> drop(incident, incident.phaseAt(at)))
                .toList();
    }

    private static CapacityDrop drop(Incident incident, Incident.Phase phase) {
        return new CapacityDrop(incident.fromM(), incident.toM(), phase.capacityFactor(), phase.speedFactor());
    }
}
