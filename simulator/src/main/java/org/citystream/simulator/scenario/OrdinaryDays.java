package org.citystream.simulator.scenario;

import org.citystream.simulator.city.City;

/** Days like any other: rush hours and their recurrent queues, weather as it comes, no incident and nothing broken. */
final class OrdinaryDays implements Scenario {
    @Override
    public String name() {
        return "ordinary-days";
    }

    @Override
    public String description() {
        return "days like any other: recurrent queues in the rush hours, no incident";
    }

    @Override
    public Course course(City city, Run run) {
        return new Course() {};
    }
}
