package org.citystream.analytics.sensortrust;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one reading measured. */
public final class MeasuredValues {
    private MeasuredValues() {}

    /**
     * By field, ascending.
     *
     * @param values in the order of {@code fields}; NaN: not measured
     */
    public static Map<String, Double> byField(List<String> fields, double[] values) {
        Map<String, Double> byField = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                byField.put(fields.get(i), values[i]);
            }
        }
        return byField;
    }
}
