package org.citystream.recordings;

import java.util.List;

/** The 16 points of the compass as degrees from north. */
final class WindRose {
    private static final List<String> POINTS =
            List.of("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW");

    private WindRose() {}

    /** @throws IllegalArgumentException if there is no such point */
    static double degrees(String point) {
        int index = POINTS.indexOf(point);
        if (index < 0) {
            throw new IllegalArgumentException("'" + point + "' is no point of the compass");
        }
        return index * 22.5;
    }
}
