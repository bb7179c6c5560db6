package org.citystream.benchmarks.fold;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.city.Density;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Slowdown;
import org.citystream.benchmarks.harness.Workload;

/**
 * Readings that come three hours late: each makes its segment fold all minutes again from the snapshot behind the horizon.
 * Only that is timed.
 */
public final class RefoldRun implements Workload {
    static final String BACKEND = "backend";
    static final String SEGMENTS = "segments";
    static final String WARM_MINUTES = "warmMinutes";
    static final String MINUTES = "minutes";
    static final String COMPARED_MINUTES = "comparedMinutes";

    private static final int MINUTE = 60;
    private static final int FILLING_MINUTES = 5 * 60;
    private static final long LATE_BY_MILLIS =
            Duration.ofHours(3).minusSeconds(30).toMillis();
    private static final long SETTLED_AFTER_MILLIS = 6_000;
    private static final long LATE_BOOT = Identity.bootKey("late");

    private long lateReadings;
    private Slowdown slowdown = new Slowdown(0);

    @Override
    public Sample run(Parameters parameters) throws Exception {
        slowdown = parameters.slowdown();
        int segments = parameters.number(SEGMENTS);
        City city = new City(segments, Density.USUAL);
        Digest digest = new Digest(parameters.isCheck() ? segments : 0);
        CityLog log = new CityLog(segments, Density.USUAL, 0);
        try (FoldOperator operator =
                new FoldOperator(TrafficFold::new, PaneTiming.TRAFFIC, log, parameters.text(BACKEND), digest)) {
            for (int minute = 0; minute < FILLING_MINUTES; minute++) {
                minute(operator, city);
            }
            if (parameters.isCheck()) {
                lateMinutes(operator, city, parameters.number(COMPARED_MINUTES));
                return Sample.checked(digest.text());
            }
            lateMinutes(operator, city, parameters.number(WARM_MINUTES));
            return lateMinutes(operator, city, parameters.number(MINUTES));
        }
    }

    private static List<Observation> minute(FoldOperator operator, City city) throws Exception {
        List<Observation> minute = new ArrayList<>();
        for (List<Observation> second : Observations.next(city, MINUTE)) {
            for (Observation reading : second) {
                operator.take(reading);
            }
            minute.addAll(second);
        }
        operator.clock(city.now() * 1000);
        return minute;
    }

    /** Each minute one late reading of each segment. */
    private Sample lateMinutes(FoldOperator operator, City city, int minutes) throws Exception {
        long cpu = 0;
        long refolds = 0;
        for (int minute = 0; minute < minutes; minute++) {
            Map<String, Observation> ofSegments = new TreeMap<>();
            minute(operator, city).forEach(reading -> ofSegments.put(reading.subjectId(), reading));
            List<Observation> late =
                    ofSegments.values().stream().map(this::late).toList();
            for (Observation reading : late) {
                operator.take(reading);
            }
            long from = CpuClock.processNanos();
            operator.clock(city.now() * 1000 + SETTLED_AFTER_MILLIS);
            late.forEach(reading -> slowdown.spend());
            cpu += CpuClock.processNanos() - from;
            refolds += late.size();
        }
        return new Sample(refolds, cpu, "", Map.of());
    }

    private Observation late(Observation like) {
        return new Observation(
                like.subjectId(),
                like.sensorId(),
                like.laneId(),
                like.observedAt() - LATE_BY_MILLIS,
                like.periodMillis(),
                LATE_BOOT,
                ++lateReadings,
                like.support(),
                like.totals());
    }
}
