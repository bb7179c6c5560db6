package org.citystream.simulator;

import org.citystream.simulator.plan.Cities;
import org.citystream.simulator.plan.CityPlan;
import org.citystream.simulator.plan.Variation;
import picocli.CommandLine.Option;

/** Which city is simulated. A picocli mixin. */
final class CityChoice {
    @Option(
            names = "--city",
            paramLabel = "CITY",
            defaultValue = Cities.LINDHOLM,
            description = {
                "The city: a file (docs/simulator.md), lindholm, varied (a freeway that differs with the seed), or one"
                        + " to generate, such as grid:rows=6,columns=8 or ring:radiusKm=5+radial:arms=8; each takes"
                        + " detectors=N up to 200000, lanes, spacingM, stations (default: ${DEFAULT-VALUE})."
            })
    String name = Cities.LINDHOLM;

    @Option(
            names = "--vary",
            description =
                    "Vary its drivers, demand, detectors and their spacing by the seed, within documented ranges.")
    boolean vary;

    /** @throws IllegalArgumentException saying what is wrong with the city */
    CityPlan plan(long seed) {
        CityPlan plan = Cities.named(name, seed);
        return vary ? Variation.of(seed).of(plan) : plan;
    }
}
