package org.citystream.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.Detector;
import org.citystream.simulator.city.Draws;

/**
 * How long after the end of its period each sensor sends: always nearly the same, 2 to 19 s. All detectors of the city have
 * a place, counted over its corridors.
 */
final class Habits {
    private static final int EARLIEST_SECONDS = 2;
    private static final int HABIT_SECONDS = 16;

    private final Draws draws;
    private final List<String> sensorIds = new ArrayList<>();
    private final Draws[] own;
    private final double[] habitSeconds;
    private final int[] corridors;
    private final int[] detectors;

    Habits(City city, Draws draws) {
        this.draws = draws;
        int places = city.corridors().stream()
                .mapToInt(corridor -> corridor.detectors().size())
                .sum();
        this.own = new Draws[places];
        this.habitSeconds = new double[places];
        this.corridors = new int[places];
        this.detectors = new int[places];
        for (int corridor = 0; corridor < city.corridors().size(); corridor++) {
            Corridor road = city.corridors().get(corridor);
            for (int detector = 0; detector < road.detectors().size(); detector++) {
                add(road.detectors().get(detector), corridor, detector);
            }
        }
    }

    private void add(Detector detector, int corridor, int index) {
        int place = sensorIds.size();
        sensorIds.add(detector.sensorId());
        own[place] = draws.stream(detector.sensorId());
        habitSeconds[place] = habitSeconds(own[place]);
        corridors[place] = corridor;
        detectors[place] = index;
    }

    private static double habitSeconds(Draws own) {
        return EARLIEST_SECONDS + HABIT_SECONDS * own.uniform(0);
    }

    private static int delayMillis(double habitSeconds, Draws own, Instant observedAt) {
        return (int) Math.round((habitSeconds + own.uniform(observedAt.getEpochSecond())) * 1000);
    }

    /** How many detectors there are. */
    int places() {
        return own.length;
    }

    String sensorId(int place) {
        return sensorIds.get(place);
    }

    int corridor(int place) {
        return corridors[place];
    }

    int detector(int place) {
        return detectors[place];
    }

    /** How long after the end of the period a detector sends. */
    int delayMillis(int place, Instant observedAt) {
        return delayMillis(habitSeconds[place], own[place], observedAt);
    }

    /** When any sensor sends what it observed up to a moment. */
    Instant sentAt(String sensorId, Instant observedAt) {
        Draws its = draws.stream(sensorId);
        return observedAt.plusMillis(delayMillis(habitSeconds(its), its, observedAt));
    }
}
