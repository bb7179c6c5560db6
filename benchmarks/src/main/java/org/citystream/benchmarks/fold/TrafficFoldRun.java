package org.citystream.benchmarks.fold;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * The traffic fold on one subtask: readings in, summaries out as JSON. The horizon is a minute, so that after ten minutes
 * of clock as many panes leave as come, however few minutes a run can afford.
 */
public final class TrafficFoldRun implements Workload {
    static final String SEGMENTS = "segments";
    static final String DENSITY = "density";
    static final String FOREIGN_RULES = "foreignRules";
    static final String BACKEND = "backend";
    static final String WARM_MINUTES = "warmMinutes";
    static final String MINUTES = "minutes";
    /** Segments whose summaries are compared. */
    static final String COMPARED_SEGMENTS = "comparedSegments";

    static final String COMPARED_MINUTES = "comparedMinutes";

    private static final int MINUTE = 60;
    private static final int CLOCK_STEP_SECONDS = 5;
    private static final PaneTiming SHORT =
            PaneTiming.standard(TrafficFold.PANE, Duration.ofMinutes(1), Duration.ofMinutes(1));

    private Slowdown slowdown = new Slowdown(0);

    @Override
    public Sample run(Parameters parameters) throws Exception {
        slowdown = parameters.slowdown();
        int segments = parameters.number(SEGMENTS);
        Density density = Density.valueOf(parameters.text(DENSITY));
        City city = new City(segments, density);
        Digest digest = new Digest(parameters.isCheck() ? parameters.number(COMPARED_SEGMENTS) : 0);
        CityLog log = new CityLog(segments, density, parameters.number(FOREIGN_RULES));
        try (FoldOperator operator = new FoldOperator(TrafficFold::new, SHORT, log, parameters.text(BACKEND), digest)) {
            if (parameters.isCheck()) {
                minutes(operator, city, parameters.number(COMPARED_MINUTES));
                return Sample.checked(digest.text());
            }
            minutes(operator, city, parameters.number(WARM_MINUTES));
            return minutes(operator, city, parameters.number(MINUTES));
        }
    }

    /** Lets minutes pass; what it takes to think up the readings does not count. */
    private Sample minutes(FoldOperator operator, City city, int minutes) throws Exception {
        long cpu = 0;
        long readings = 0;
        for (int minute = 0; minute < minutes; minute++) {
            long start = city.now();
            List<List<Observation>> seconds = Observations.next(city, MINUTE);
            long from = CpuClock.processNanos();
            for (int second = 1; second <= MINUTE; second++) {
                for (Observation reading : seconds.get(second - 1)) {
                    operator.take(reading);
                    slowdown.spend();
                    readings++;
                }
                if (second % CLOCK_STEP_SECONDS == 0) {
                    operator.clock((start + second) * 1000);
                }
            }
            cpu += CpuClock.processNanos() - from;
        }
        return new Sample(readings, cpu, "", Map.of());
    }
}
