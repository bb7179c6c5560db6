package org.citystream.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.summary.TrafficSummary;

/** Five thousand road segments: a hundred straight roads beside each other, fifty segments each. */
public final class BigCity {
    public static final int ROADS = 100;
    public static final int SEGMENTS_EACH = 50;
    private static final double SOUTH = 57.6;
    private static final double WEST = 11.8;
    private static final double STEP_DEGREES = 0.004;

    private BigCity() {}

    public static List<Sensor> sensors() {
        return IntStream.range(0, ROADS * SEGMENTS_EACH)
                .mapToObj(BigCity::sensor)
                .toList();
    }

    private static String segment(int i) {
        return String.format(Locale.ROOT, "big-%03d-%02d", i / SEGMENTS_EACH, i % SEGMENTS_EACH);
    }

    private static Sensor sensor(int i) {
        double latitude = SOUTH + i / SEGMENTS_EACH * STEP_DEGREES / 2;
        double longitude = WEST + i % SEGMENTS_EACH * STEP_DEGREES;
        List<List<Double>> line = new ArrayList<>();
        for (int corner = 0; corner <= 4; corner++) {
            line.add(List.of(longitude + corner * STEP_DEGREES / 4, latitude + corner % 2 * STEP_DEGREES / 20));
        }
        return new Sensor(
                "loop-" + segment(i),
                SensorKind.TRAFFIC,
                "big",
                "Road " + i / SEGMENTS_EACH + ", km " + i % SEGMENTS_EACH / 4.0,
                new GeoPoint(latitude, longitude),
                segment(i),
                2,
                "big-" + i / SEGMENTS_EACH,
                i % SEGMENTS_EACH * 240.0,
                240.0,
                Facility.URBAN_STREET,
                Measurement.POINT,
                50.0,
                null,
                null,
                60,
                null,
                "Europe/Stockholm",
                null,
                false,
                line,
                null,
                1,
                Instant.EPOCH);
    }

    /** The minute of a segment; its speed changes from minute to minute. */
    public static TrafficSummary traffic(int i, Instant windowEnd) {
        double ratio = 0.15 + 0.8 * Math.abs(Math.sin(i * 0.7 + windowEnd.getEpochSecond() / 60.0));
        return new TrafficSummary(
                segment(i),
                "big-" + i / SEGMENTS_EACH,
                "big",
                windowEnd.minusSeconds(60),
                windowEnd,
                1,
                true,
                2,
                900.0,
                50 * ratio,
                0.1,
                20.0,
                50.0,
                "configured",
                ratio,
                1 / ratio,
                null,
                null,
                null,
                null,
                "C",
                1,
                1.0,
                List.of("loop-" + segment(i)),
                null);
    }
}
