package org.citystream.simulator.city;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The city moving on, minute by minute, from an origin at which its roads are empty. A pure fold: the same city, seed,
 * conditions and origin give the same minutes, so that any moment can be reached again from the origin (about 50 ms of
 * work per simulated day).
 */
public final class CitySimulation {
    private final City city;
    private final Conditions conditions;
    private final Draws weather;
    private final List<CorridorFlow> flows = new ArrayList<>();
    private final List<DetectorSampling> detectors = new ArrayList<>();
    private final List<StationSampling> stations = new ArrayList<>();
    private final UrbanAir air;
    private Instant now;

    /** @param origin start of the first minute; rounded down to a whole five minutes */
    public CitySimulation(City city, long seed, Conditions conditions, Instant origin) {
        this.city = city;
        this.conditions = conditions;
        Draws draws = Draws.of(seed);
        this.weather = draws.stream("weather");
        this.air = new UrbanAir(draws.stream("air"), city.timeZone(), city.airshed());
        for (Corridor corridor : city.corridors()) {
            Draws own = draws.stream(corridor.id());
            flows.add(new CorridorFlow(corridor, city.timeZone(), conditions, own));
            detectors.add(new DetectorSampling(corridor, own));
        }
        city.stations().forEach(station -> stations.add(new StationSampling(station, city, draws.stream("stations"))));
        long period = City.STATION_PERIOD_SECONDS;
        this.now = Instant.ofEpochSecond(Math.floorDiv(origin.getEpochSecond(), period) * period);
    }

    /** End of the last minute. */
    public Instant now() {
        return now;
    }

    /** The next minute. */
    public CityMinute advance() {
        Instant end = now.plus(1, ChronoUnit.MINUTES);
        Weather sky = conditions.weather(end, Weather.at(end, city.centre(), weather));
        List<CorridorMinute> corridors = new ArrayList<>();
        for (CorridorFlow flow : flows) {
            corridors.add(flow.advance(now, sky));
        }
        RegionalAir country = conditions.regionalAir(end, sky, air.regional(end, sky));
        Pollution background = air.advance(end, sky, country.pollution(), corridors);
        List<StationSampling.Sample> measured = new ArrayList<>();
        for (StationSampling station : stations) {
            station.advance(end, sky, country, air, background, corridors).ifPresent(measured::add);
        }
        now = end;
        return new CityMinute(end, sky, corridors, detectors, measured);
    }
}
