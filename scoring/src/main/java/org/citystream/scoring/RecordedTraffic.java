package org.citystream.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.run.TrafficRun;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;

/** The traffic readings of a recording, decided about as the traffic job would. */
final class RecordedTraffic {
    /** Readings arrive so long after their period. */
    private static final Duration DELAY = Duration.ofSeconds(1);
    /** The clock runs on so long after the last reading: past everything that a dwell or a correction waits for. */
    private static final Duration RUN_ON = Duration.ofMinutes(20);

    private final Recording recording;
    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();

    /** @param rules that hold from the start */
    RecordedTraffic(Recording recording, List<Rule> rules) {
        this.recording = recording;
        recording.sensors().forEach(sensors::apply);
        rules.forEach(this.rules::apply);
    }

    SensorLog sensors() {
        return sensors;
    }

    /**
     * Everything that was decided.
     *
     * @param events in the order told
     * @param segmentMinutes with a known speed
     */
    record Decided(List<CityEvent> events, long segmentMinutes) {}

    /** @param progress is told after each reading how many there have been */
    Decided decide(Progress progress) {
        List<CityEvent> events = new ArrayList<>();
        long[] minutes = new long[1];
        TrafficRun run = new TrafficRun(sensors, rules, new PaneOutput<>() {
            @Override
            public void summary(TrafficSummary summary) {
                minutes[0] += summary.revision() == 1 && summary.spaceMeanSpeedKmh() != null ? 1 : 0;
            }

            @Override
            public void event(CityEvent event) {
                events.add(event);
            }
        });
        Instant last = recording.first();
        long read = 0;
        for (Iterator<RecordedReading> readings = recording.readings(); readings.hasNext(); ) {
            RecordedReading reading = readings.next();
            last = reading.observedAt();
            if (reading instanceof RecordedReading.Traffic traffic) {
                run.receive(
                        TrafficMeasure.observation(sensors, traffic.reading()),
                        last.plus(DELAY).toEpochMilli());
            }
            progress.read(++read, recording.count());
        }
        run.advanceTo(last.plus(RUN_ON).toEpochMilli());
        return new Decided(events, minutes[0]);
    }

    /** Told how far the run is. */
    interface Progress {
        void read(long readings, long ofAll);
    }
}
