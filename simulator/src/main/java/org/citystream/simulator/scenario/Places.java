package org.citystream.simulator.scenario;

import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;

/** Where stories are told: the first corridors of a city's plan, whatever the city. */
final class Places {
    private Places() {}

    /** The road where most is going on. */
    static Corridor main(City city) {
        return city.corridors().get(0);
    }

    /** The road that leads in. */
    static Corridor inbound(City city) {
        return city.corridors().get(1 % city.corridors().size());
    }

    /** The road that leads out. */
    static Corridor outbound(City city) {
        return city.corridors().get(2 % city.corridors().size());
    }
}
