package org.citystream.model.unit;

/** What units of one kind measure; only those convert into each other by a factor. */
public enum Dimension {
    /** Mass in a volume of air. For gases it depends on the temperature the volume is stated at. */
    MASS_CONCENTRATION,
    /** Share of molecules. Becomes a mass concentration by {@link Gas}. */
    MIXING_RATIO,
    TEMPERATURE,
    RATIO,
    SPEED,
    ANGLE,
    DURATION,
    COUNT
}
