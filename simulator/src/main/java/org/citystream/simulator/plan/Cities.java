package org.citystream.simulator.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;
import org.citystream.simulator.city.Airshed;
import org.citystream.simulator.city.RoadLine;
import org.citystream.simulator.city.Station;

/**
 * Cities by what is written on a command line: {@code lindholm}, {@code varied}, a generated one such as {@code
 * grid:rows=6,columns=8} or {@code ring:radiusKm=5+radial:arms=8}, or the name of a city file.
 */
public final class Cities {
    /** The city that is simulated unless another is given. */
    public static final String LINDHOLM = "lindholm";
    /** A corridor that differs with the seed. */
    public static final String VARIED = "varied";

    private static final GeoPoint CENTRE = new GeoPoint(57.70, 11.93);
    private static final ZoneId TIME_ZONE = ZoneId.of("Europe/Stockholm");
    private static final int MOST_DETECTORS = 200_000;
    private static final int MOST_STATIONS = 10_000;
    private static final double GOLDEN_ANGLE_DEG = 137.508;

    private Cities() {}

    /**
     * A city.
     *
     * @param name a known name, what to generate, or a file
     * @param seed of {@code varied}
     * @throws IllegalArgumentException saying what is wrong and what there is
     */
    public static CityPlan named(String name, long seed) {
        if (name.equals(LINDHOLM)) {
            return Lindholm.plan();
        }
        if (name.equals(VARIED)) {
            return Variation.of(seed).corridorCity();
        }
        if (Arrays.stream(name.split("\\+")).allMatch(part -> pattern(part).isPresent())) {
            return generated(name);
        }
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no city file " + file.toAbsolutePath() + "; known cities are "
                    + LINDHOLM + ", " + VARIED + ", and generated ones such as grid:rows=6,columns=8,"
                    + " ring:rings=2,radiusKm=5, radial:arms=8,lengthKm=9, or ring+radial");
        }
        return CityFile.read(file);
    }

    private static Optional<StreetPattern> pattern(String part) {
        String kind = part.split(":", 2)[0].strip();
        return Arrays.stream(StreetPattern.values())
                .filter(pattern -> pattern.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst();
    }

    private static CityPlan generated(String name) {
        List<Street> streets = new ArrayList<>();
        int stations = 0;
        for (String part : name.split("\\+")) {
            Specification wanted = Specification.parse(part);
            stations += wanted.whole("stations", 12, 0, MOST_STATIONS);
            streets.addAll(streets(pattern(part).orElseThrow(), wanted));
            wanted.refuseUnknown();
        }
        String id = Arrays.stream(name.split("\\+"))
                .map(part -> part.split(":", 2)[0].strip())
                .collect(Collectors.joining("-"));
        double radiusM = streets.stream()
                .flatMap(street -> street.points().stream())
                .mapToDouble(point -> RoadLine.distanceM(CENTRE, point))
                .max()
                .orElseThrow();
        Airshed airshed = new Airshed(Math.max(3_000, Math.min(200_000, Math.rint(1.6 * radiusM))), 0.5);
        List<RoadPlan> roads = streets.stream().map(Street::plan).toList();
        return new CityPlan(id, TIME_ZONE, CENTRE, airshed, Map.of(), roads, stations(stations, streets, radiusM));
    }

    /** As many streets as wanted, or as few as carry the wanted number of detectors. */
    private static List<Street> streets(StreetPattern pattern, Specification wanted) {
        int detectors = wanted.whole("detectors", 1, 1, MOST_DETECTORS);
        List<Street> streets = pattern.streets(wanted, CENTRE, 0);
        if (!wanted.has("detectors")) {
            return streets;
        }
        int enough = 1;
        while (detectors(pattern.streets(wanted, CENTRE, enough)) < detectors) {
            enough *= 2;
        }
        int few = enough / 2;
        while (enough - few > 1) {
            int middle = (enough + few) / 2;
            if (detectors(pattern.streets(wanted, CENTRE, middle)) < detectors) {
                few = middle;
            } else {
                enough = middle;
            }
        }
        return pattern.streets(wanted, CENTRE, enough);
    }

    private static long detectors(List<Street> streets) {
        return streets.stream()
                .mapToLong(street -> Math.round(new RoadLine(street.points()).lengthM() / street.spacingM()))
                .sum();
    }

    /** One in three beside a road, the others in town, in the suburbs and, the last, in the country. */
    private static List<Station> stations(int count, List<Street> streets, double radiusM) {
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double distanceM = radiusM * StrictMath.sqrt((i + 0.5) / count);
            GeoPoint place = StreetPattern.polar(CENTRE, i * GOLDEN_ANGLE_DEG, distanceM);
            Setting setting = distanceM < 0.6 * radiusM ? Setting.URBAN : Setting.SUBURBAN;
            if (i == count - 1 && count > 1) {
                place = StreetPattern.polar(CENTRE, i * GOLDEN_ANGLE_DEG, 1.5 * radiusM + 3_000);
                setting = Setting.RURAL;
            } else if (i % 3 == 0) {
                Street street = streets.get((int) ((long) i * streets.size() / count));
                RoadLine line = new RoadLine(street.points());
                place = RoadLine.offset(line.at(line.lengthM() * 0.45), 8, 8);
                setting = Setting.TRAFFIC;
            }
            String number = String.format(Locale.ROOT, "%02d", i + 1);
            stations.add(new Station("air-gen-" + number, "Station " + number, place, setting));
        }
        return stations;
    }
}
