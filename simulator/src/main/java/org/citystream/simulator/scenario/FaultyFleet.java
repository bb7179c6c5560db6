package org.citystream.simulator.scenario;

import java.util.List;
import org.citystream.simulator.city.City;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.fault.Faults;

/** Every kind of fault at once, each on two in a hundred sensors (at least one), from half an hour before each arrival. */
final class FaultyFleet implements Scenario {
    @Override
    public String name() {
        return "faulty-fleet";
    }

    @Override
    public String description() {
        return "an ordinary day with an old fleet: every kind of fault, each on two in a hundred sensors";
    }

    @Override
    public Course course(City city, Run run) {
        List<FaultPlan> faults = Faults.names().stream()
                .map(name -> FaultPlan.parse(name + ":share=0.02,from=-PT30M"))
                .toList();
        return new Course() {
            @Override
            public List<FaultPlan> faults() {
                return faults;
            }
        };
    }
}
