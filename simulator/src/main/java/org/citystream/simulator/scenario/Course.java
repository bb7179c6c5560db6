package org.citystream.simulator.scenario;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.citystream.simulator.city.Conditions;
import org.citystream.simulator.city.Corridor;

/** What happens in one run of a scenario. Pure: any moment can be asked for in any order. */
public interface Course extends Conditions {
    /** Incidents in force at a moment. */
    List<Incident> incidentsAt(Instant at);

    @Override
    default double demandShare(Corridor corridor, ZonedDateTime at) {
        return corridor.demand().shareAt(at);
    }

    @Override
    default List<CapacityDrop> capacityDrops(Corridor corridor, Instant at) {
        return incidentsAt(at).stream()
                .filter(incident -> incident.corridorId().equals(corridor.id()))
                .map(incident -> new CapacityDrop(incident.positionM(), incident.capacityFactorAt(at)))
                .toList();
    }
}
