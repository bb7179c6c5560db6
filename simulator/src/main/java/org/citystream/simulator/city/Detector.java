package org.citystream.simulator.city;

/**
 * A traffic detector over all lanes of a corridor; it stands for the road from {@code fromM} to {@code toM}.
 *
 * @param positionM where it lies, m along the corridor
 */
public record Detector(String sensorId, String roadSegmentId, double positionM, double fromM, double toM) {}
