package org.citystream.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.run.TrafficRun;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.recordings.TruthRow;

/**
 * Traffic readings, decided about as the traffic job would, to be held against what is known to have happened. Not
 * thread-safe.
 */
public final class TrafficTrial {
    /** Readings arrive so long after their period. */
    private static final Duration DELAY = Duration.ofSeconds(1);
    /** The clock runs on so long after the last reading: past everything that a dwell or a correction waits for. */
    private static final Duration RUN_ON = Duration.ofMinutes(20);

    private final SensorLog sensors = new SensorLog();
    private final TrafficRun run;
    private final TrafficFindings findings = new TrafficFindings();
    private Instant clock = Instant.MIN;

    /** @param rules that hold from the start */
    public TrafficTrial(List<Sensor> sensors, List<Rule> rules) {
        RuleBook book = new RuleBook();
        rules.forEach(book::apply);
        sensors.forEach(this.sensors::apply);
        run = new TrafficRun(this.sensors, book, new PaneOutput<>() {
            @Override
            public void summary(TrafficSummary summary) {
                findings.summary(summary);
            }

            @Override
            public void event(CityEvent event) {
                findings.event(event);
            }
        });
    }

    /** Takes in a reading: a second after its period, or now where later ones have arrived before it. */
    public void receive(TrafficReading reading) {
        Instant arrival = reading.observedAt().plus(DELAY);
        clock = arrival.isAfter(clock) ? arrival : clock;
        run.receive(TrafficMeasure.observation(sensors, reading), clock.toEpochMilli());
    }

    /**
     * Ends the input, and holds what was told against what happened.
     *
     * @param truth of whatever kind; incidents and congestion count
     * @param from what was told or happened before was for practice
     */
    public Judgement judge(List<TruthRow> truth, Instant from) {
        Instant end = clock;
        run.advanceTo(end.plus(RUN_ON).toEpochMilli());
        return findings.judge(sensors, truth, from, end);
    }

    /**
     * What one trial found; {@link TrafficScore} sums up.
     *
     * @param decisions minutes of segments with a known speed
     */
    public record Judgement(Matching matching, Roads roads, SlowMinutes slow, Duration length, long decisions) {}
}
