package org.citystream.simulator.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.simulator.city.WeekProfile;

/** The profiles of demand that every city knows: commuters in the morning, in the evening, or both. */
final class Profiles {
    static final String MORNING = "morning";
    static final String EVENING = "evening";
    static final String BOTH = "both";

    private static final List<Double> WEEKEND = List.of(
            0.14, 0.10, 0.08, 0.06, 0.05, 0.06, 0.10, 0.16, 0.25, 0.37, 0.47, 0.53, 0.56, 0.56, 0.55, 0.53, 0.52, 0.49,
            0.43, 0.36, 0.30, 0.25, 0.21, 0.17);

    private static final Map<String, WeekProfile> BUILT_IN = Map.of(
            MORNING,
            new WeekProfile(
                    List.of(
                            0.09, 0.06, 0.05, 0.05, 0.09, 0.24, 0.58, 0.97, 0.96, 0.74, 0.62, 0.60, 0.61, 0.61, 0.63,
                            0.66, 0.66, 0.62, 0.51, 0.41, 0.33, 0.28, 0.22, 0.15),
                    WEEKEND),
            EVENING,
            new WeekProfile(
                    List.of(
                            0.12, 0.08, 0.06, 0.05, 0.07, 0.14, 0.32, 0.56, 0.62, 0.58, 0.57, 0.60, 0.63, 0.65, 0.75,
                            0.93, 0.98, 0.92, 0.66, 0.47, 0.38, 0.32, 0.25, 0.17),
                    WEEKEND),
            BOTH,
            new WeekProfile(
                    List.of(
                            0.11, 0.08, 0.06, 0.06, 0.09, 0.22, 0.55, 0.96, 0.94, 0.70, 0.62, 0.61, 0.63, 0.64, 0.70,
                            0.87, 0.92, 0.83, 0.59, 0.43, 0.35, 0.30, 0.24, 0.16),
                    WEEKEND));

    private Profiles() {}

    static Set<String> names() {
        return new TreeSet<>(BUILT_IN.keySet());
    }

    static WeekProfile named(String name) {
        WeekProfile profile = BUILT_IN.get(name);
        if (profile == null) {
            throw new IllegalArgumentException("no profile '" + name + "' is built in");
        }
        return profile;
    }
}
