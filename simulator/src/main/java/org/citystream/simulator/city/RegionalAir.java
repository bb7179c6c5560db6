package org.citystream.simulator.city;

/**
 * The country's air that the wind brings in.
 *
 * @param pollution what is carried unchanged
 * @param ozoneUgM3 at 20 °C, before the city's own nitrogen oxide uses it up
 */
public record RegionalAir(Pollution pollution, double ozoneUgM3) {}
