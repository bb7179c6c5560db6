package org.citystream.simulator.city;

/**
 * Concentrations or emissions of what is carried by the air unchanged; NO2 and O3 follow from NOx by {@link Ozone}.
 *
 * @param nox as NO2, µg
 * @param pm25 µg
 * @param coarse particles between 2.5 and 10 µm, µg
 * @param co mg
 */
public record Pollution(double nox, double pm25, double coarse, double co) {
    public static final Pollution NONE = new Pollution(0, 0, 0, 0);

    public Pollution plus(Pollution other) {
        return new Pollution(nox + other.nox, pm25 + other.pm25, coarse + other.coarse, co + other.co);
    }

    public Pollution minus(Pollution other) {
        return plus(other.times(-1));
    }

    public Pollution times(double factor) {
        return new Pollution(nox * factor, pm25 * factor, coarse * factor, co * factor);
    }
}
