package org.citystream.benchmarks.fold;

import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.city.Detection;
import org.citystream.benchmarks.city.Segment;

/** What a city's detectors send, as the fold takes it. */
final class Observations {
    private Observations() {}

    /** Of the next seconds, one list each. */
    static List<List<Observation>> next(City city, int seconds) {
        List<List<Observation>> all = new ArrayList<>(seconds);
        for (int i = 0; i < seconds; i++) {
            List<Observation> second = new ArrayList<>();
            city.second(seen -> second.add(of(seen)));
            all.add(second);
        }
        return all;
    }

    private static Observation of(Detection seen) {
        return TrafficMeasure.observation(
                seen.segment().id(),
                seen.segment().sensorId(),
                seen.laneId(),
                seen.observedAt(),
                seen.periodSeconds() * 1000L,
                Segment.BOOT,
                seen.sequence(),
                seen.vehicles(),
                seen.speedKmh(),
                seen.occupancy());
    }
}
