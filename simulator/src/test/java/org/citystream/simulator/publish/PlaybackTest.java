package org.citystream.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.citystream.ledger.MessageId;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.MqttExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlaybackTest {
    @RegisterExtension
    static final MqttExtension broker = new MqttExtension();

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private volatile Instant wall = Instant.parse("2030-01-01T00:00:00Z");
    private final InstantSource wallClock = () -> wall;

    @Test
    void aPaceFollowsTheWallFromItsAnchorAndHurriesThroughWhatIsBefore() {
        Pace pace = new Pace(START, wall, 60, wallClock);

        assertThat(pace.until(START.minusSeconds(3_600))).isNegative();
        assertThat(pace.until(START.plusSeconds(60))).isEqualTo(Duration.ofSeconds(1));
        wall = wall.plusSeconds(2);
        assertThat(pace.now()).isEqualTo(START.plusSeconds(120));
        assertThat(pace.announced()).isEqualTo(60);
        assertThat(Pace.unlimited(wallClock).until(Instant.MAX)).isZero();
        assertThatThrownBy(() -> new Pace(START, START, 0, wallClock)).hasMessageContaining("above 0");
    }

    @Test
    void historyComesAtOnceAndTheRestWhenItIsDue() throws Exception {
        MqttSettings settings = new MqttSettings(broker.url(), "due", "k", true);
        try (Subscriber subscriber = new Subscriber(broker.url(), "city/due/#");
                ReadingPublisher publisher = new ReadingPublisher(settings, null, null)) {
            Playback playback = new Playback(publisher, new Pace(START, wall, 1, wallClock), null);
            List<Outgoing> readings = List.of(
                    reading("due", START.minusSeconds(7_200)),
                    reading("due", START.minusSeconds(30)),
                    reading("due", START.plusSeconds(10)));
            Thread player = play(playback, readings, Duration.ofMinutes(1));
            Awaitility.await().atMost(PATIENCE).until(() -> publisher.acknowledged() == 2);
            Awaitility.await().atMost(PATIENCE).until(() -> START.equals(playback.clock()));
            assertThat(publisher.published()).isEqualTo(2);
            assertThat(playback.isOnPace()).isTrue();

            wall = wall.plusSeconds(11);
            Awaitility.await().atMost(PATIENCE).until(() -> publisher.acknowledged() == 3);
            wall = wall.plusSeconds(600);
            player.join(PATIENCE.toMillis());
            assertThat(playback.clock()).isEqualTo(START.plusSeconds(70));
            assertThat(subscriber.count()).isEqualTo(3);
        }
    }

    @Test
    void aLoadShapeSaysHowFastReadingsGoWhateverTheirTimes() throws Exception {
        MqttSettings settings = new MqttSettings(broker.url(), "load", null, true);
        try (Subscriber subscriber = new Subscriber(broker.url(), "city/load/#");
                ReadingPublisher publisher = new ReadingPublisher(settings, null, null)) {
            Playback playback = new Playback(publisher, Pace.unlimited(wallClock), LoadShape.parse("constant:rate=20"));
            List<Outgoing> readings = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                readings.add(reading("load", START));
            }
            long begin = System.nanoTime();
            Thread player = play(playback, readings, Duration.ZERO);
            Awaitility.await().atMost(PATIENCE).until(() -> publisher.acknowledged() == 30);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1_300));
            assertThat(subscriber.count()).isEqualTo(30);
            playback.stop();
            player.join(PATIENCE.toMillis());
        }
    }

    @Test
    void theAnnouncedClockNeverOvertakesAReading() throws Exception {
        MqttSettings settings = new MqttSettings(broker.url(), "clock", "secret", true);
        List<Outgoing> readings = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            readings.add(reading("tick", START.plusSeconds(i)));
        }
        List<Instant> announced = new CopyOnWriteArrayList<>();
        try (Subscriber subscriber = new Subscriber(broker.url(), "city/tick/#");
                Subscriber clocks = new Subscriber(broker.url(), ClockAnnouncer.TOPIC);
                ReadingPublisher publisher = new ReadingPublisher(settings, null, null)) {
            Playback playback = new Playback(publisher, Pace.unlimited(wallClock), null);
            try (ClockAnnouncer announcer = new ClockAnnouncer(settings, playback::clock, 1, "replay")) {
                assertThat(announcer).isNotNull();
                Thread player = play(playback, readings, Duration.ofMinutes(10));
                while (player.isAlive()) {
                    Instant clock = playback.clock();
                    if (clock != null) {
                        announced.add(clock);
                        long sentBefore =
                                Math.min(3_000, Duration.between(START, clock).toSeconds());
                        assertThat(publisher.acknowledged()).isGreaterThanOrEqualTo(sentBefore);
                    }
                    player.join(5);
                }
                Instant end = START.plusSeconds(2_999).plus(Duration.ofMinutes(10));
                assertThat(playback.clock()).isEqualTo(end);
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> clocks.arrivals().stream()
                                .anyMatch(a -> state(a).now().equals(end)));
            }
            assertThat(announced).isSorted();
            assertThat(subscriber.count()).isEqualTo(3_000);
            List<Subscriber.Arrival> own = clocks.arrivals().stream()
                    .filter(arrival -> arrival.property("clock-key").equals("secret"))
                    .toList();
            assertThat(own).isNotEmpty().allSatisfy(arrival -> {
                assertThat(state(arrival).source()).isEqualTo("replay");
                assertThat(state(arrival).speed()).isEqualTo(1);
            });
            assertThat(own.stream().map(a -> state(a).now())).isSorted();
        }
        try (Subscriber late = new Subscriber(broker.url(), ClockAnnouncer.TOPIC)) {
            Awaitility.await().atMost(PATIENCE).until(() -> late.count() == 1);
            assertThat(late.arrivals().get(0).retained()).isTrue();
        }
    }

    private static ClockState state(Subscriber.Arrival arrival) {
        return JsonCodec.read(arrival.payload().getBytes(StandardCharsets.UTF_8), ClockState.class);
    }

    private static Thread play(Playback playback, List<Outgoing> readings, Duration runOn) {
        Thread player = new Thread(() -> {
            try {
                playback.run(readings.iterator(), runOn);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        player.start();
        return player;
    }

    private static Outgoing reading(String city, Instant sentAt) {
        return Outgoing.of(
                SensorKind.TRAFFIC,
                new MessageId("s", null, null, null, sentAt.minusSeconds(1)),
                sentAt.toString().getBytes(StandardCharsets.UTF_8),
                city,
                sentAt);
    }
}
