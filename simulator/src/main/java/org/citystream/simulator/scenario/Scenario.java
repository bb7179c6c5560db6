package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.citystream.simulator.city.City;

/** A named story that can be told of any city. */
public interface Scenario {
    /** No scenario arranges anything earlier than this before an arrival. */
    Duration PREPARATION = Duration.ofMinutes(75);

    /** Name on the command line. */
    String name();

    /** One line for {@code --help}. */
    String description();

    /** The moment a run should arrive at when the wall clock shows {@code wall}: now, or the hour the story needs. */
    default Instant arrival(Instant wall, ZoneId timeZone) {
        return wall;
    }

    /** What happens in a run. */
    Course course(City city, Run run);
}
