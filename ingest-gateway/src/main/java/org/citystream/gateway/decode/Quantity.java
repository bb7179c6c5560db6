package org.citystream.gateway.decode;

import java.util.List;

/**
 * What a field may physically be, and what it plausibly is; bounds are inclusive. Outside the possible a message is
 * rejected, outside the plausible it is flagged: suspicious values are evidence about a sensor, and deciding on it is
 * not the gateway's business. Small negative concentrations are honest instrument noise and stay.
 */
enum Quantity {
    /** Detectors report at most 250 km/h; a mean above 160 km/h is not traffic (PeMS and NCHRP practice). */
    AVERAGE_SPEED("averageSpeedKmh", "km/h", 0, 300, 0, 160),
    OCCUPANCY("occupancy", "", 0, 1, 0, 1),
    /** Beta monitors read down to -15; sensors and monitors end at 985, 999 or 1000; dust storms reach thousands. */
    PM25("pm25UgM3", "ug/m3", -50, 10_000, -15, 1_000),
    PM10("pm10UgM3", "ug/m3", -50, 20_000, -15, 3_000),
    NO2("no2UgM3", "ug/m3", -50, 5_000, -15, 1_000),
    O3("o3UgM3", "ug/m3", -50, 3_000, -15, 700),
    SO2("so2UgM3", "ug/m3", -50, 20_000, -15, 2_000),
    /** Above 100 mg/m3 the value was most likely given in ug/m3. */
    CO("coMgM3", "mg/m3", -5, 1_000, -1, 100),
    /** Sensor electronics read -40..85; the air itself has been measured from -89 to 57. */
    TEMPERATURE("temperatureC", "C", -90, 85, -60, 57),
    RELATIVE_HUMIDITY("relativeHumidity", "", 0, 1, 0, 1),
    /** The strongest gust on record is 113 m/s. */
    WIND_SPEED("windSpeedMs", "m/s", 0, 120, 0, 60),
    WIND_DIRECTION("windDirectionDeg", "deg", 0, 360, 0, 360);

    private final String field;
    private final String unit;
    private final double lowest;
    private final double highest;
    private final double plausiblyLowest;
    private final double plausiblyHighest;
    private final String implausible;

    Quantity(
            String field, String unit, double lowest, double highest, double plausiblyLowest, double plausiblyHighest) {
        this.field = field;
        this.unit = unit;
        this.lowest = lowest;
        this.highest = highest;
        this.plausiblyLowest = plausiblyLowest;
        this.plausiblyHighest = plausiblyHighest;
        this.implausible = "implausible:" + field;
    }

    String field() {
        return field;
    }

    /**
     * Judges a value.
     *
     * @param flags receives {@code implausible:FIELD}
     * @throws Refusal if it is physically impossible, NaN included
     */
    double check(double value, List<String> flags) throws Refusal {
        if (!(value >= lowest && value <= highest)) {
            throw new Refusal(
                    RejectReason.OUT_OF_RANGE,
                    field + " must be within " + lowest + ".." + highest + (unit.isEmpty() ? "" : " " + unit)
                            + " but is " + value);
        }
        if (value < plausiblyLowest || value > plausiblyHighest) {
            flags.add(implausible);
        }
        return value;
    }
}
