package org.citystream.model.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Gases whose mixing ratio converts to a mass concentration by molar mass. */
public enum Gas {
    NO2("46.0055"),
    NO("30.0061"),
    O3("47.9982"),
    SO2("64.0638"),
    CO("28.0101"),
    C6H6("78.1118");

    private static final int FACTOR_DECIMALS = 4;

    private final Map<ReferenceTemperature, BigDecimal> factors = new EnumMap<>(ReferenceTemperature.class);

    Gas(String gramsPerMole) {
        BigDecimal mass = new BigDecimal(gramsPerMole);
        for (ReferenceTemperature at : ReferenceTemperature.values()) {
            factors.put(at, factor(mass, at));
        }
    }

    private static BigDecimal factor(BigDecimal gramsPerMole, ReferenceTemperature at) {
        BigDecimal pressureKpa = new BigDecimal("101.325");
        BigDecimal gasConstant = new BigDecimal("8.314462618");
        return gramsPerMole
                .multiply(pressureKpa)
                .divide(gasConstant.multiply(at.kelvin()), FACTOR_DECIMALS, RoundingMode.HALF_UP);
    }

    /**
     * µg/m³ per ppb, which is also mg/m³ per ppm: M·P/(R·T), to the four decimals in which regulators publish it. One
     * rounded factor in both directions brings a sensor's whole ppb back as exactly that number.
     */
    public BigDecimal microgramsPerPpb(ReferenceTemperature at) {
        return Objects.requireNonNull(factors.get(at));
    }

    /** Mixing ratio in ppb of a mass concentration in µg/m³ (or ppm of mg/m³). */
    public BigDecimal ppb(BigDecimal microgramsPerM3, ReferenceTemperature at) {
        return microgramsPerM3.divide(microgramsPerPpb(at), MathContext.DECIMAL64);
    }

    /** Mass concentration in µg/m³ of a mixing ratio in ppb (or mg/m³ of ppm). */
    public BigDecimal microgramsPerM3(BigDecimal ppb, ReferenceTemperature at) {
        return ppb.multiply(microgramsPerPpb(at));
    }

    /**
     * A concentration in any unit, as a mass concentration at 20 °C, the form of every record of this product.
     *
     * @param statedAt temperature of the volume a mass concentration is stated for; mixing ratios do not depend on it
     * @param to a unit of mass concentration
     * @throws IllegalArgumentException if {@code from} is a unit of something else
     */
    public double massAt20Celsius(double value, Unit from, ReferenceTemperature statedAt, Unit to) {
        if (from.dimension() == Dimension.MIXING_RATIO) {
            double ppb = from.convert(value, Unit.PARTS_PER_BILLION);
            double micrograms =
                    ppb * microgramsPerPpb(ReferenceTemperature.CELSIUS_20).doubleValue();
            return Unit.MICROGRAM_PER_M3.convert(Unit.rounded(micrograms), to);
        }
        double mass = from.convert(value, to);
        return statedAt == ReferenceTemperature.CELSIUS_20
                ? mass
                : Unit.rounded(mass
                        * statedAt.kelvin().doubleValue()
                        / ReferenceTemperature.CELSIUS_20.kelvin().doubleValue());
    }
}
