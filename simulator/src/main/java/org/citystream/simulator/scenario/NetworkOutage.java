package org.citystream.simulator.scenario;

import java.util.List;
import java.util.stream.Collectors;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Detector;
import org.citystream.simulator.fault.FaultPlan;

/**
 * The mobile network fails over one road: from 40 minutes before each arrival to 20 minutes after, its detectors are not
 * heard; they keep what they measure and upload it, with its true times, when the network is back.
 */
final class NetworkOutage implements Scenario {
    @Override
    public String name() {
        return "network-outage";
    }

    @Override
    public String description() {
        return "one road's detectors are not heard from 40 minutes before now to 20 minutes after, then upload it all late";
    }

    @Override
    public Course course(City city, Run run) {
        String detectors = Places.outbound(city).detectors().stream()
                .map(Detector::sensorId)
                .collect(Collectors.joining("+"));
        List<FaultPlan> faults = List.of(FaultPlan.parse("late-batch:sensors=" + detectors + ",from=-PT40M,for=PT1H"));
        return new Course() {
            @Override
            public List<FaultPlan> faults() {
                return faults;
            }
        };
    }
}
