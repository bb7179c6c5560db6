package org.citystream.analytics.airquality;

import java.util.Arrays;

/** The values of a reading in the order of {@link AirObservations#FIELDS}, given by field. */
public final class StationValues {
    private StationValues() {}

    /** @param fieldsAndValues by turns; what is not given was not measured */
    public static double[] of(Object... fieldsAndValues) {
        double[] values = new double[AirObservations.FIELDS.size()];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            values[AirObservations.FIELDS.indexOf((String) fieldsAndValues[i])] =
                    ((Number) fieldsAndValues[i + 1]).doubleValue();
        }
        return values;
    }
}
