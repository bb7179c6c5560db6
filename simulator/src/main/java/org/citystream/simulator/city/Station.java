package org.citystream.simulator.city;

import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;

/** An air quality station. */
public record Station(String sensorId, String name, GeoPoint location, Setting setting) {}
