package org.citystream.simulator.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;

/** One minute of the city. What detectors report is worked out when it is asked for. */
public final class CityMinute {
    private final Instant end;
    private final Weather weather;
    private final List<CorridorMinute> corridors;
    private final List<DetectorSampling> detectors;
    private final List<StationSampling.Sample> stations;

    CityMinute(
            Instant end,
            Weather weather,
            List<CorridorMinute> corridors,
            List<DetectorSampling> detectors,
            List<StationSampling.Sample> stations) {
        this.end = end;
        this.weather = weather;
        this.corridors = List.copyOf(corridors);
        this.detectors = detectors;
        this.stations = List.copyOf(stations);
    }

    /** End of the minute, exclusive. */
    public Instant end() {
        return end;
    }

    /** Weather at its end. */
    public Weather weather() {
        return weather;
    }

    /** True traffic, in the city's order of corridors. */
    public List<CorridorMinute> corridors() {
        return corridors;
    }

    /** What all detectors report of the minute, corridor by corridor. */
    public List<TrafficReading> traffic() {
        List<TrafficReading> readings = new ArrayList<>();
        for (int corridor = 0; corridor < corridors.size(); corridor++) {
            int count = corridors.get(corridor).corridor().detectors().size();
            for (int detector = 0; detector < count; detector++) {
                readings.addAll(traffic(corridor, detector));
            }
        }
        return readings;
    }

    /**
     * What one detector reports of the minute, lane by lane.
     *
     * @param detector place in the corridor's order
     */
    public List<TrafficReading> traffic(int corridor, int detector) {
        return detectors.get(corridor).readings(corridors.get(corridor), end, detector);
    }

    /** What the stations report at its end; empty unless a period of theirs ends. */
    public List<AirQualityReading> air() {
        return stations.stream().map(StationSampling.Sample::reading).toList();
    }

    /** The air at the stations as it really was over the period that ends; empty unless one does. */
    public List<StationAir> trueAir() {
        return stations.stream().map(StationSampling.Sample::truth).toList();
    }
}
