package org.citystream.analytics.sensortrust;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One reading as its sensor's health sees it.
 *
 * @param channel what repeats itself as a whole: {@code all-air}, or {@code all-traffic} with the lane
 * @param observedAtMillis end of the observed period, ms since 1970
 * @param values measured values by field name, ascending
 */
public record Observation(String channel, long observedAtMillis, Map<String, Double> values) {
    static final String ALL_AIR = "all-air";
    static final String ALL_TRAFFIC = "all-traffic";

    /**
     * @param values in the order of {@code fields}; NaN: not measured
     */
    public static Observation air(long observedAtMillis, List<String> fields, double[] values) {
        return new Observation(ALL_AIR, observedAtMillis, byField(fields, values));
    }

    /**
     * @param laneId from 1; 0: none
     * @param values in the order of {@code fields}; NaN: not measured
     */
    public static Observation traffic(int laneId, long observedAtMillis, List<String> fields, double[] values) {
        String channel = laneId == 0 ? ALL_TRAFFIC : ALL_TRAFFIC + "/" + laneId;
        return new Observation(channel, observedAtMillis, byField(fields, values));
    }

    /** The row of the limits that a channel obeys. */
    static String limitsName(String channel) {
        int slash = channel.indexOf('/');
        return slash < 0 ? channel : channel.substring(0, slash);
    }

    private static Map<String, Double> byField(List<String> fields, double[] values) {
        Map<String, Double> byField = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                byField.put(fields.get(i), values[i]);
            }
        }
        return byField;
    }
}
