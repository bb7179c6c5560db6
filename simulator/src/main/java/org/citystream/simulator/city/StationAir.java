package org.citystream.simulator.city;

import java.time.Instant;

/** The air at a station as it really was over its period, before the instrument; units as in an air reading. */
public record StationAir(
        String stationId,
        Instant end,
        double pm25UgM3,
        double pm10UgM3,
        double no2UgM3,
        double o3UgM3,
        double so2UgM3,
        double coMgM3) {}
