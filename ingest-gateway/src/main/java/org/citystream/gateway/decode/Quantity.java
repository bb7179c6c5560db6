package org.citystream.gateway.decode;

import java.util.List;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Gas;
import org.citystream.model.unit.ReferenceTemperature;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/**
 * What a field may physically be, and what it plausibly is; bounds are inclusive. Outside the possible a message is
 * rejected, outside the plausible it is flagged: suspicious values are evidence about a sensor, and deciding on it is
 * not the gateway's business. Small negative concentrations are honest instrument noise and stay.
 */
public enum Quantity {
    /** Whole vehicles; no lane passes more than two a second, a carriageway has at most 16 lanes, a period 3,600 s. */
    VEHICLE_COUNT(SensorKind.TRAFFIC, "vehicleCount", Unit.COUNT, 0, 115_200, 0, 115_200),
    /** Detectors report at most 250 km/h; a mean above 160 km/h is not traffic (PeMS and NCHRP practice). */
    AVERAGE_SPEED(SensorKind.TRAFFIC, "averageSpeedKmh", Unit.KILOMETRE_PER_HOUR, 0, 300, 0, 160),
    OCCUPANCY(SensorKind.TRAFFIC, "occupancy", Unit.RATIO, 0, 1, 0, 1),
    /** Beta monitors read down to -15; sensors and monitors end at 985, 999 or 1000; dust storms reach thousands. */
    PM25(SensorKind.AIR, "pm25UgM3", Unit.MICROGRAM_PER_M3, -50, 10_000, -15, 1_000),
    PM10(SensorKind.AIR, "pm10UgM3", Unit.MICROGRAM_PER_M3, -50, 20_000, -15, 3_000),
    NO2(SensorKind.AIR, "no2UgM3", Unit.MICROGRAM_PER_M3, -50, 5_000, -15, 1_000),
    O3(SensorKind.AIR, "o3UgM3", Unit.MICROGRAM_PER_M3, -50, 3_000, -15, 700),
    SO2(SensorKind.AIR, "so2UgM3", Unit.MICROGRAM_PER_M3, -50, 20_000, -15, 2_000),
    /** Above 100 mg/m3 the value was most likely given in ug/m3. */
    CO(SensorKind.AIR, "coMgM3", Unit.MILLIGRAM_PER_M3, -5, 1_000, -1, 100),
    /** Sensor electronics read -40..85; the air itself has been measured from -89 to 57. */
    TEMPERATURE(SensorKind.AIR, "temperatureC", Unit.CELSIUS, -90, 85, -60, 57),
    RELATIVE_HUMIDITY(SensorKind.AIR, "relativeHumidity", Unit.RATIO, 0, 1, 0, 1),
    /** The strongest gust on record is 113 m/s. */
    WIND_SPEED(SensorKind.AIR, "windSpeedMs", Unit.METRE_PER_SECOND, 0, 120, 0, 60),
    WIND_DIRECTION(SensorKind.AIR, "windDirectionDeg", Unit.DEGREE, 0, 360, 0, 360);

    private final SensorKind kind;
    private final String field;
    private final Unit unit;
    private final double lowest;
    private final double highest;
    private final double plausiblyLowest;
    private final double plausiblyHighest;
    private final String implausible;

    Quantity(
            SensorKind kind,
            String field,
            Unit unit,
            double lowest,
            double highest,
            double plausiblyLowest,
            double plausiblyHighest) {
        this.kind = kind;
        this.field = field;
        this.unit = unit;
        this.lowest = lowest;
        this.highest = highest;
        this.plausiblyLowest = plausiblyLowest;
        this.plausiblyHighest = plausiblyHighest;
        this.implausible = "implausible:" + field;
    }

    SensorKind kind() {
        return kind;
    }

    /** Whether sensors of that kind measure it. */
    public boolean isOf(SensorKind sensors) {
        return kind == sensors;
    }

    /** Its name in the native format. */
    public String field() {
        return field;
    }

    /** The unit records carry it in. */
    public Unit unit() {
        return unit;
    }

    private @Nullable Gas gas() {
        return switch (this) {
            case NO2 -> Gas.NO2;
            case O3 -> Gas.O3;
            case SO2 -> Gas.SO2;
            case CO -> Gas.CO;
            default -> null;
        };
    }

    /** Whether this quantity can be given in that unit. */
    public boolean isMeasuredIn(Unit given) {
        return given.dimension() == unit.dimension()
                || (gas() != null && given.dimension() == Unit.PARTS_PER_BILLION.dimension());
    }

    /**
     * A value in another unit, in the unit records carry it in; gases at 20 °C.
     *
     * @param statedAt what the sender's mass concentrations of gases are stated at
     */
    double normalised(double value, Unit given, ReferenceTemperature statedAt) throws Refusal {
        if (!isMeasuredIn(given)) {
            throw new Refusal(RejectReason.UNKNOWN_UNIT, field + " cannot be given in " + given.symbol());
        }
        Gas gas = gas();
        return gas == null ? given.convert(value, unit) : gas.massAt20Celsius(value, given, statedAt, unit);
    }

    /**
     * Judges a value in the record's unit.
     *
     * @param flags receives {@code implausible:FIELD}
     * @throws Refusal if it is physically impossible, NaN included
     */
    double check(double value, List<String> flags) throws Refusal {
        if (!(value >= lowest && value <= highest)) {
            throw new Refusal(
                    RejectReason.OUT_OF_RANGE,
                    field + " must be within " + lowest + ".." + highest
                            + (unit == Unit.RATIO || unit == Unit.COUNT ? "" : " " + unit.symbol()) + " but is "
                            + value);
        }
        if (value < plausiblyLowest || value > plausiblyHighest) {
            flags.add(implausible);
        }
        return value;
    }
}
