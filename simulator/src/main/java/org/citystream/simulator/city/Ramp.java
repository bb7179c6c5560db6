package org.citystream.simulator.city;

/**
 * A junction of a corridor.
 *
 * @param positionM where it joins or leaves, m along the corridor
 * @param entryShare on-ramp: its demand as a share of the corridor's entry demand; 0 for an off-ramp
 * @param exitShare off-ramp: the share of passing vehicles that leaves, 0..1; 0 for an on-ramp
 */
public record Ramp(double positionM, double entryShare, double exitShare) {
    public Ramp {
        if (entryShare < 0 || exitShare < 0 || exitShare >= 1 || (entryShare > 0 && exitShare > 0)) {
            throw new IllegalArgumentException(
                    "a ramp either adds or takes vehicles, but has shares " + entryShare + " and " + exitShare);
        }
    }

    public static Ramp on(double positionM, double entryShare) {
        return new Ramp(positionM, entryShare, 0);
    }

    public static Ramp off(double positionM, double exitShare) {
        return new Ramp(positionM, 0, exitShare);
    }
}
