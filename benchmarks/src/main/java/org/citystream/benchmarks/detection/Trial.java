package org.citystream.benchmarks.detection;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.citystream.model.rule.Rule;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.TruthRow;
import org.citystream.scoring.TrafficTrial;
import org.citystream.simulator.city.City;
import org.citystream.simulator.plan.Variation;
import org.citystream.simulator.recording.CityRecording;
import org.citystream.simulator.scenario.Scenarios;
import org.citystream.simulator.scenario.TruthEpisode;

/**
 * One varied corridor: ordinary days to calibrate on, then days that are judged.
 *
 * @param seed of city, weather, demand and incidents
 * @param scenario of the judged days
 */
record Trial(long seed, String scenario, int calibrationDays, int days, List<Rule> rules) {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);

    /** What was decided about the judged days, held against what happened. */
    TrafficTrial.Judgement judge() {
        City city = Variation.of(seed).corridorCity().city();
        Instant from = FIRST_DAY.atStartOfDay(city.timeZone()).toInstant();
        Instant judgedFrom = from.plus(Duration.ofDays(calibrationDays));
        TrafficTrial trial = new TrafficTrial(city.sensors(), rules);
        if (calibrationDays > 0) {
            play(city, "ordinary-days", from, calibrationDays, trial);
        }
        CityRecording.Summary played = play(city, scenario, judgedFrom, days, trial);
        return trial.judge(played.truth().stream().map(Trial::row).toList(), judgedFrom);
    }

    private CityRecording.Summary play(City city, String name, Instant from, int length, TrafficTrial trial) {
        return new CityRecording(city, Scenarios.named(name), List.of(), seed, from, Duration.ofDays(length))
                .play(reading -> {
                    if (reading instanceof RecordedReading.Traffic traffic) {
                        trial.receive(traffic.reading());
                    }
                });
    }

    private static TruthRow row(TruthEpisode episode) {
        TruthEpisode.Stretch stretch = episode.stretch();
        return new TruthRow(
                episode.start(),
                episode.end(),
                episode.kind(),
                episode.subjectType(),
                episode.subject(),
                episode.corridor(),
                stretch == null ? null : stretch.fromM(),
                stretch == null ? null : stretch.toM(),
                episode.severity(),
                episode.cause());
    }
}
