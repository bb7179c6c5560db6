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
            0.16, 0.12, 0.09, 0.07, 0.06, 0.07, 0.11, 0.18, 0.28, 0.40, 0.52, 0.59, 0.63, 0.64, 0.63, 0.61, 0.60, 0.57,
            0.51, 0.44, 0.37, 0.31, 0.26, 0.21);

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
                            0.12, 0.08, 0.06, 0.05, 0.07, 0.14, 0.32, 0.56, 0.62, 0.58, 0.57, 0.60, 0.63, 0.65, 0.71,
                            0.85, 0.98, 0.97, 0.73, 0.52, 0.42, 0.36, 0.28, 0.18),
                    WEEKEND),
            BOTH,
            new WeekProfile(
                    List.of(
                            0.11, 0.08, 0.06, 0.06, 0.09, 0.22, 0.55, 0.96, 0.94, 0.70, 0.62, 0.61, 0.63, 0.64, 0.68,
                            0.80, 0.92, 0.89, 0.66, 0.49, 0.40, 0.34, 0.27, 0.18),
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
