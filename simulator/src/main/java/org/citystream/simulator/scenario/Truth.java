package org.citystream.simulator.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.fault.FaultySensors;

/** Watches the true state of the city and its sensors and notes what really happens. */
public final class Truth {
    private final RoadTruth roads;
    private final AirTruth air;
    private final FaultySensors sensors;
    private final List<TruthEpisode> faults = new ArrayList<>();
    private boolean isFirst = true;

    public Truth(Course course, FaultySensors sensors) {
        this.roads = new RoadTruth(course);
        this.air = new AirTruth(course);
        this.sensors = sensors;
    }

    /** Takes in the next minute. */
    public void observe(CityMinute minute) {
        Instant start = minute.end().minusSeconds(60);
        roads.observe(minute);
        air.observe(minute.trueAir());
        if (isFirst) {
            isFirst = false;
            sensors.goingOn(start).forEach(this::add);
        }
        sensors.outbreaks(start, minute.end()).forEach(this::add);
    }

    private void add(FaultySensors.Outbreak outbreak) {
        faults.add(TruthEpisode.ofSensor(
                outbreak.window().start(), outbreak.window().end(), outbreak.sensorId(), outbreak.name()));
    }

    /** Everything noted so far, by start; what goes on has no end. */
    public List<TruthEpisode> episodes() {
        List<TruthEpisode> episodes = roads.episodes();
        episodes.addAll(air.episodes());
        episodes.addAll(faults);
        episodes.sort(Comparator.comparing(TruthEpisode::start).thenComparing(TruthEpisode::key));
        return episodes;
    }
}
