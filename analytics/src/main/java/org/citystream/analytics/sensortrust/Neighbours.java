package org.citystream.analytics.sensortrust;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.jspecify.annotations.Nullable;

/**
 * Holds the hours of the sensors of one city and kind against each other: an air sensor against the nearest of the city, a
 * detector against the nearest of its corridor. What comes out is health only and decides nothing elsewhere.
 */
public final class Neighbours {
    private static final int NEEDED = 3;
    private static final int COUNTED = 5;
    private static final double AIR_WITHIN_KM = 15;
    private static final double TRAFFIC_WITHIN_KM = 3;
    private static final double KM_PER_DEGREE = 111.2;

    /** Compared fields of air readings, with what is added to both sides so that little is not compared with nothing. */
    private static final Compared[] AIR = {
        new Compared(0, "pm25UgM3", 5),
        new Compared(1, "pm10UgM3", 10),
        new Compared(2, "no2UgM3", 10),
        new Compared(3, "o3UgM3", 20)
    };

    private static final Compared[] TRAFFIC = {new Compared(0, "vehicleCount", 2), new Compared(1, "averageSpeedKmh", 5)
    };

    private static final int PM25 = 0;

    private record Compared(int field, String name, double added) {}

    /** A sensor's hour with its registry entry. */
    private record Placed(SensorHour hour, Sensor sensor, GeoPoint location) {}

    /**
     * How far one sensor's hour is from its neighbours'.
     *
     * @param departures by field: natural logarithm of its mean over the median of theirs
     * @param channelsAgree whether it agrees with the other channel of its instrument; absent: it has none
     */
    public record Comparison(
            String sensorId,
            Map<String, Double> departures,
            @Nullable Boolean channelsAgree) {}

    private Neighbours() {}

    /**
     * The comparisons that can be made; unregistered sensors, and such without a place, have no neighbours.
     *
     * @param hours of one city, kind and hour; one a sensor
     */
    public static List<Comparison> compare(List<SensorHour> hours, Function<String, @Nullable Sensor> registry) {
        List<Placed> placed = new ArrayList<>();
        for (SensorHour hour : hours) {
            Sensor sensor = registry.apply(hour.sensorId());
            GeoPoint location = sensor == null ? null : sensor.location();
            if (sensor != null && location != null && !sensor.retired()) {
                placed.add(new Placed(hour, sensor, location));
            }
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (Placed one : placed) {
            Map<String, Double> departures = departures(one, placed);
            Boolean agree = channelsAgree(one, placed);
            if (!departures.isEmpty() || agree != null) {
                comparisons.add(new Comparison(one.hour().sensorId(), departures, agree));
            }
        }
        return comparisons;
    }

    private static Map<String, Double> departures(Placed one, List<Placed> all) {
        List<Placed> near = all.stream()
                .filter(other -> areNeighbours(one, other))
                .sorted(Comparator.comparingDouble((Placed other) -> km(one, other))
                        .thenComparing(other -> other.hour().sensorId()))
                .toList();
        Map<String, Double> departures = new TreeMap<>();
        for (Compared compared : one.hour().traffic() ? TRAFFIC : AIR) {
            double own = one.hour().mean(compared.field());
            double[] others = near.stream()
                    .mapToDouble(other -> other.hour().mean(compared.field()))
                    .filter(mean -> !Double.isNaN(mean))
                    .limit(COUNTED)
                    .sorted()
                    .toArray();
            if (!Double.isNaN(own) && others.length >= NEEDED) {
                double ratio = (Math.max(0, own) + compared.added()) / (Math.max(0, median(others)) + compared.added());
                departures.put(compared.name(), Math.log(ratio));
            }
        }
        return departures;
    }

    private static boolean areNeighbours(Placed one, Placed other) {
        if (one == other || areChannels(one, other)) {
            return false;
        }
        return one.hour().traffic()
                ? one.sensor().corridorId() != null
                        && Objects.equals(
                                one.sensor().corridorId(), other.sensor().corridorId())
                        && km(one, other) <= TRAFFIC_WITHIN_KM
                : km(one, other) <= AIR_WITHIN_KM;
    }

    private static @Nullable Boolean channelsAgree(Placed one, List<Placed> all) {
        Boolean agree = null;
        for (Placed other : all) {
            if (one != other && !one.hour().traffic() && areChannels(one, other)) {
                double a = one.hour().mean(PM25);
                double b = other.hour().mean(PM25);
                if (!Double.isNaN(a) && !Double.isNaN(b)) {
                    agree = !Boolean.FALSE.equals(agree) && !ChannelAgreement.disagree(a, b);
                }
            }
        }
        return agree;
    }

    private static boolean areChannels(Placed one, Placed other) {
        return ChannelAgreement.instrument(one.sensor()).isPresent()
                && ChannelAgreement.instrument(one.sensor()).equals(ChannelAgreement.instrument(other.sensor()));
    }

    /** On a plane, which is enough within a city. */
    private static double km(Placed a, Placed b) {
        double north = a.location().latitude() - b.location().latitude();
        double east = (a.location().longitude() - b.location().longitude())
                * Math.cos(Math.toRadians(a.location().latitude()));
        return KM_PER_DEGREE * Math.hypot(north, east);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
