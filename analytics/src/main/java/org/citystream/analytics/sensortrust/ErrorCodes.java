package org.citystream.analytics.sensortrust;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What instruments say in place of a measurement. An SDS011 whose fan stands still says 999.9 of PM2.5 and 1999.9 of PM10
 * (opendata-stuttgart/sensors-software issue 442); firmware that has not measured yet says -1 of everything. 999 of PM2.5
 * alone may be the end of a range, and -1 of one measure honest noise: neither is taken as a code here.
 */
public final class ErrorCodes {
    private static final double DEAD_PM25 = 999;
    private static final double DEAD_PM10 = 1999;
    private static final double RESOLUTION = 1;
    private static final double NO_MEASUREMENT = -1;
    private static final int NEEDED_WITHOUT_MEASUREMENT = 2;
    private static final Set<String> POLLUTANTS =
            Set.of("pm25UgM3", "pm10UgM3", "no2UgM3", "o3UgM3", "so2UgM3", "coMgM3");

    private ErrorCodes() {}

    /**
     * The fields whose values are codes; ascending.
     *
     * @param values of one reading by field
     */
    public static Set<String> in(Map<String, Double> values) {
        Set<String> codes = new TreeSet<>();
        if (isCode(values.get("pm10UgM3"), DEAD_PM10)) {
            codes.add("pm10UgM3");
            if (isCode(values.get("pm25UgM3"), DEAD_PM25)) {
                codes.add("pm25UgM3");
            }
        }
        Set<String> measured = new TreeSet<>(values.keySet());
        measured.retainAll(POLLUTANTS);
        if (measured.size() >= NEEDED_WITHOUT_MEASUREMENT
                && measured.stream().allMatch(field -> values.getOrDefault(field, 0.0) == NO_MEASUREMENT)) {
            codes.addAll(measured);
        }
        return codes;
    }

    private static boolean isCode(@Nullable Double value, double code) {
        return value != null && value >= code && value < code + RESOLUTION;
    }
}
