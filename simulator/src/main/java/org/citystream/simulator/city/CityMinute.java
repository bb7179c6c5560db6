package org.citystream.simulator.city;

import java.time.Instant;
import java.util.List;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;

/**
 * One minute of the city.
 *
 * @param end end of the minute, exclusive
 * @param corridors true traffic, in the city's order of corridors
 * @param traffic what the detectors report of the minute
 * @param air what the stations report at its end; empty unless a period of theirs ends
 */
public record CityMinute(
        Instant end, List<CorridorMinute> corridors, List<TrafficReading> traffic, List<AirQualityReading> air) {}
