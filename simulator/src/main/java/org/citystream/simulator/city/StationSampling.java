package org.citystream.simulator.city;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;
import org.citystream.model.reading.AirQualityReading;

/**
 * What one station reports: the urban background as far as it reaches there, plus the near road's emission as a line
 * source diluted by the wind, through an instrument with noise. Means over {@link City#STATION_PERIOD_SECONDS}.
 */
final class StationSampling {
    private static final int MINUTES = City.STATION_PERIOD_SECONDS / 60;
    /** The road within this distance along it counts as near, m. */
    private static final double NEAR_ROAD_M = 200;
    /** Beyond this distance from the road its own plume is lost in the background, m. */
    private static final double FARTHEST_PLUME_M = 500;

    private static final double PLUME_HEIGHT_M = 6;
    private static final double PLUME_LENGTH_M = 70;
    private static final int QUANTITIES = 10;

    private final Station station;
    private final Draws draws;
    private final String bootId;
    private final Optional<NearRoad> nearRoad;
    private final double[] sums = new double[QUANTITIES];
    private int minutes;

    private record NearRoad(int corridor, double fromM, double toM, double weight, double bearingDeg) {}

    StationSampling(Station station, City city, Draws draws) {
        this.station = station;
        this.draws = draws.stream(station.sensorId());
        this.bootId = BootId.of(station.sensorId());
        this.nearRoad = nearRoad(station, city);
    }

    private static Optional<NearRoad> nearRoad(Station station, City city) {
        NearRoad nearest = null;
        double shortest = FARTHEST_PLUME_M;
        for (int i = 0; i < city.corridors().size(); i++) {
            RoadLine line = city.corridors().get(i).line();
            if (!line.mayReach(station.location(), shortest)) {
                continue;
            }
            double position = line.nearestPositionM(station.location());
            GeoPoint road = line.at(position);
            double distance = RoadLine.distanceM(road, station.location());
            if (distance < shortest) {
                shortest = distance;
                nearest = new NearRoad(
                        i,
                        position - NEAR_ROAD_M,
                        position + NEAR_ROAD_M,
                        StrictMath.exp(-distance / PLUME_LENGTH_M),
                        bearing(road, station.location()));
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static double bearing(GeoPoint from, GeoPoint to) {
        double north = to.latitude() - from.latitude();
        double east = (to.longitude() - from.longitude()) * StrictMath.cos(StrictMath.toRadians(from.latitude()));
        return (StrictMath.toDegrees(StrictMath.atan2(east, north)) + 360) % 360;
    }

    /**
     * What became of a station's period.
     *
     * @param truth the air as it was
     * @param reading the air as the instrument saw it
     */
    record Sample(StationAir truth, AirQualityReading reading) {}

    /** Takes in a minute; every {@link City#STATION_PERIOD_SECONDS} there is a sample. */
    Optional<Sample> advance(
            Instant end,
            Weather weather,
            RegionalAir country,
            UrbanAir air,
            Pollution background,
            List<CorridorMinute> traffic) {
        Pollution regional = country.pollution();
        Pollution here =
                regional.plus(background.minus(regional).times(reach())).plus(plume(weather, traffic));
        Ozone ozone = Ozone.balance(here.nox(), country.ozoneUgM3(), weather.sunshine());
        double[] now = {
            here.pm25(),
            here.pm25() + here.coarse(),
            ozone.no2UgM3(),
            ozone.o3UgM3(),
            air.sulphurDioxide(end) * (0.6 + 0.4 * reach()),
            here.co(),
            weather.temperatureC() + heatIsland(),
            weather.relativeHumidity(),
            weather.windSpeedMs() * exposure(),
            weather.windDirectionDeg()
        };
        for (int i = 0; i < QUANTITIES; i++) {
            sums[i] += now[i];
        }
        minutes++;
        if (end.getEpochSecond() % City.STATION_PERIOD_SECONDS != 0) {
            return Optional.empty();
        }
        Optional<Sample> sample = minutes == MINUTES ? Optional.of(sample(end, now[QUANTITIES - 1])) : Optional.empty();
        Arrays.fill(sums, 0);
        minutes = 0;
        return sample;
    }

    private Pollution plume(Weather weather, List<CorridorMinute> traffic) {
        if (nearRoad.isEmpty()) {
            return Pollution.NONE;
        }
        NearRoad road = nearRoad.get();
        CorridorMinute minute = traffic.get(road.corridor());
        int from = minute.cellAt(road.fromM());
        int to = minute.cellAt(road.toM());
        Pollution emission = Pollution.NONE;
        for (int cell = from; cell <= to; cell++) {
            emission = emission.plus(Emissions.perMetreAndSecond(minute, cell));
        }
        double away = weather.windDirectionDeg() + 180 - road.bearingDeg();
        double downwind = 0.9 + 0.6 * StrictMath.cos(StrictMath.toRadians(away));
        double dilution = PLUME_HEIGHT_M * (weather.windSpeedMs() + 0.5);
        return emission.times(road.weight() * downwind / dilution / (to - from + 1));
    }

    /** How much of the city's own pollution reaches the station. */
    private double reach() {
        return switch (station.setting()) {
            case TRAFFIC, URBAN -> 1.0;
            case SUBURBAN -> 0.55;
            case RURAL -> 0.12;
        };
    }

    private double heatIsland() {
        return station.setting() == Setting.RURAL ? -0.8 : reach() * 0.6;
    }

    private double exposure() {
        return switch (station.setting()) {
            case TRAFFIC, URBAN -> 0.65;
            case SUBURBAN -> 0.85;
            case RURAL -> 1.1;
        };
    }

    private Sample sample(Instant end, double windDirectionDeg) {
        StationAir truth =
                new StationAir(station.sensorId(), end, mean(0), mean(1), mean(2), mean(3), mean(4), mean(5));
        return new Sample(truth, reading(end, windDirectionDeg));
    }

    private double mean(int quantity) {
        return sums[quantity] / MINUTES;
    }

    private AirQualityReading reading(Instant end, double windDirectionDeg) {
        long index = end.getEpochSecond() / City.STATION_PERIOD_SECONDS;
        return new AirQualityReading(
                station.sensorId(),
                end,
                City.STATION_PERIOD_SECONDS,
                bootId,
                index,
                measured(0, index, 0.04, 0.3, 10),
                measured(1, index, 0.04, 0.4, 10),
                measured(2, index, 0.03, 0.6, 10),
                measured(3, index, 0.02, 0.8, 10),
                measured(4, index, 0.05, 0.2, 10),
                measured(5, index, 0.03, 0.01, 1000),
                measured(6, index, 0, 0.08, 10),
                Math.min(1, measured(7, index, 0.01, 0.004, 1000)),
                Math.max(0, measured(8, index, 0.04, 0.08, 10)),
                (double) Math.round(windDirectionDeg) % 360,
                null,
                null,
                null,
                null,
                null);
    }

    /** The mean of a quantity through an instrument with proportional and constant noise, at its resolution. */
    private double measured(int quantity, long index, double relative, double absolute, int resolution) {
        double mean = mean(quantity);
        double noise = StrictMath.sqrt(relative * relative * mean * mean + absolute * absolute)
                * draws.gaussian(index * QUANTITIES + quantity);
        return (double) Math.round((mean + noise) * resolution) / resolution;
    }
}
