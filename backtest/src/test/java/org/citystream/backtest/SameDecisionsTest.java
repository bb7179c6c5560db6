package org.citystream.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.backtest.kafka.History.WrittenEvent;
import org.citystream.backtest.kafka.KafkaInput;
import org.citystream.backtest.run.BoundedRun;
import org.citystream.backtest.run.Input;
import org.citystream.backtest.run.RecordedInput;
import org.citystream.backtest.run.Watched;
import org.citystream.jobs.control.HeldControls;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.SensorKind;
import org.citystream.recordings.NeutralWriter;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;
import org.citystream.scoring.Progress;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.Delivery;
import org.citystream.testsupport.arrival.Outcome;
import org.citystream.testsupport.arrival.RandomAir;
import org.citystream.testsupport.arrival.RandomTraffic;
import org.citystream.testsupport.arrival.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same readings make the same episodes: live, where they come late, twice and out of order; replayed, one after the
 * other; in a backtest of what Kafka has kept of the live ones; in a backtest of a recording.
 */
class SameDecisionsTest {
    private static final Instant FIVE = Instant.parse("2026-11-23T05:00:00Z");

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    @TempDir
    private Path directory = Path.of("");

    @Test
    void onRoads() throws Exception {
        agree(
                SensorKind.TRAFFIC,
                RandomTraffic.corridor(new Random(11), 5, FIVE, Duration.ofHours(3)),
                PaneTiming.TRAFFIC,
                RandomTraffic::stampedAt,
                RecordedReading.Traffic::new);
    }

    @Test
    void atStations() throws Exception {
        agree(
                SensorKind.AIR,
                RandomAir.city(new Random(5), 4, FIVE, Duration.ofHours(60)),
                PaneTiming.AIR,
                RandomAir::stampedAt,
                RecordedReading.Air::new);
    }

    private <R> void agree(
            SensorKind kind,
            City<R> city,
            PaneTiming timing,
            BiFunction<R, Instant, R> stamped,
            Function<R, RecordedReading> recorded)
            throws Exception {
        Instant end = city.to();
        Delivery late = new Delivery(2, timing.horizon(), 4, 0.1, 0.02, 0.1, null);
        Outcome live = outcome(lives(kind, city, late, timing, stamped), end);
        HeldControls controls = new HeldControls(city.sensors(), city.rules());
        Outcome kept = outcome(BoundedRun.of(kind, kafka(), controls, false).events(), end);
        Outcome replayed = outcome(lives(kind, city, Delivery.punctual(timing.horizon()), timing, stamped), end);
        Outcome fromFiles = outcome(
                BoundedRun.of(kind, recording(city, recorded), controls, false).events(), end);

        assertThat(live.episodes()).as("episodes").isGreaterThan(4);
        assertThat(kept.difference(live)).as("backtest of Kafka, against live").isEmpty();
        assertThat(replayed.difference(live)).as("replayed, against live").isEmpty();
        assertThat(fromFiles.difference(live))
                .as("backtest of a recording, against live")
                .isEmpty();
    }

    private <R> List<CityEvent> lives(
            SensorKind kind, City<R> city, Delivery delivery, PaneTiming timing, BiFunction<R, Instant, R> stamped)
            throws Exception {
        LiveDeployment deployment = new LiveDeployment(KAFKA, kind);
        deployment.knows(city.sensors(), city.rules());
        long settled =
                city.to().plus(timing.horizon()).plus(Duration.ofMinutes(10)).toEpochMilli();
        deployment.receives(delivery.of(city.sent(), city.from().toEpochMilli(), settled), stamped);
        return deployment.runs(directory).stream().map(WrittenEvent::event).toList();
    }

    private static Input kafka() {
        return new KafkaInput(
                new KafkaSettings(KAFKA.bootstrapServers()),
                Instant.EPOCH,
                FIVE.plus(Duration.ofDays(30)),
                new Watched(progress(1)));
    }

    private <R> Input recording(City<R> city, Function<R, RecordedReading> recorded) {
        Path folder = directory.resolve("recording-" + city.sent().size());
        try (NeutralWriter writer = NeutralWriter.create(folder)) {
            for (Sent<R> sent : city.sent()) {
                writer.write(recorded.apply(sent.reading()));
            }
        }
        Recording recording = Recording.open(folder, null, "testville", null, null);
        return new RecordedInput(recording, progress(recording.count()));
    }

    private static Progress progress(long all) {
        return new Progress(new PrintWriter(new StringWriter()), all);
    }

    /** Episodes as they stood when the last reading had been decided about: what comes after, the runs see unlike much of. */
    private static Outcome outcome(List<CityEvent> events, Instant end) {
        Outcome outcome = new Outcome();
        events.stream().filter(event -> !event.at().isAfter(end)).forEach(outcome::event);
        return outcome;
    }
}
