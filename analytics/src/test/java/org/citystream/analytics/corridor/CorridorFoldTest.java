package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citystream.analytics.corridor.CorridorLife.CORRIDOR;
import static org.citystream.analytics.corridor.CorridorLife.minute;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.Written;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.traffic.LearnedPercentile;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.junit.jupiter.api.Test;

/** What the kernel asks of a corridor: retirement, what changes its decisions, and its state. */
class CorridorFoldTest {
    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final CorridorFold fold = new CorridorFold(sensors, rules);

    private void station(int index) {
        sensors.apply(CorridorLife.sensor(index, false, 1, Instant.EPOCH));
    }

    @Test
    void itRestsOnWhatSegmentsSayOfReadingsOfTraffic() {
        assertThat(fold.readingsTopic()).isEqualTo("city.readings.traffic.v1");
        assertThat(fold.takesParts()).isTrue();
        assertThat(fold.expectedAfter(CORRIDOR, minute(0))).isZero();
    }

    @Test
    void itIsGoneOnceItsLastStationIs() {
        station(0);
        station(1);
        sensors.apply(CorridorLife.sensor(0, true, 2, minute(1)));
        assertThat(fold.retiredSince(CORRIDOR)).isEqualTo(Long.MAX_VALUE);
        sensors.apply(CorridorLife.sensor(1, true, 2, minute(2)));

        assertThat(fold.retiredSince(CORRIDOR)).isEqualTo(minute(2).toEpochMilli());
    }

    @Test
    void onlyWhatCouldHaveDecidedChangesTheFingerprint() {
        Rule rule = RuleCodec.defaultRules().get(0);
        long empty = fold.controlFingerprint(CORRIDOR, minute(1));
        station(0);
        long one = fold.controlFingerprint(CORRIDOR, minute(1));
        station(1);
        long two = fold.controlFingerprint(CORRIDOR, minute(1));
        rules.apply(rule);
        long ruled = fold.controlFingerprint(CORRIDOR, minute(1));

        assertThat(List.of(empty, one, two, ruled)).doesNotHaveDuplicates();
        rules.apply(rule.withVersion(rule.version() + 1, minute(1)));
        assertThat(fold.controlFingerprint(CORRIDOR, minute(1))).isEqualTo(ruled);
        assertThat(fold.controlFingerprint(CORRIDOR, minute(2))).isNotEqualTo(ruled);
    }

    private static CityEvent queueOf(String ruleId) throws Exception {
        CorridorLife road = new CorridorLife(8)
                .with("{id: " + ruleId + ", kind: congestion, enter: {speed-ratio-below: 0.5, for: PT3M},"
                        + " exit: {speed-ratio-above: 0.7, for: PT5M}}");
        road.minutes(0, 3, 90, 90, 90, 40, 40, 40, 95, 90);
        return road.last();
    }

    private static Queue queue(CityEvent event, Extent... recent) {
        return new Queue(event, new TreeSet<>(List.of("s3", "s4", "s5")), "s5", recent[0], List.of(recent));
    }

    private static CorridorState state(CityEvent jam, CityEvent other) {
        Queues queues = new Queues(
                3,
                42,
                new TreeMap<>(Map.of("s3", Hysteresis.QUIET)),
                new TreeMap<>(Map.of("s3", 60_000L)),
                List.of(queue(jam, new Extent(60_000, 1250, 2750))));
        Incidents incidents = new Incidents(
                4,
                43,
                new TreeMap<>(Map.of(
                        "s1", new Incidents.Gap(California7.TENTATIVE, true, Hysteresis.QUIET, null),
                        "s3", new Incidents.Gap(California7.CONTINUING, false, Hysteresis.QUIET, other))));
        return new CorridorState(
                new TreeMap<>(Map.of("jam", queues)),
                new TreeMap<>(Map.of("other", incidents)),
                new TreeMap<>(Map.of("s1", RecentMinutes.NOTHING.with(60_000, 1200, 3))),
                new TreeMap<>(Map.of("s1", RecentMinutes.NOTHING.with(60_000, 4500, 2))),
                new TreeMap<>(Map.of("s1", Site.NEW.with(4, minute(1)))),
                LearnedPercentile.NONE.with(12, minute(1), 30));
    }

    @Test
    void openEpisodesAreItsQueuesAndItsIncidents() throws Exception {
        CityEvent jam = queueOf("jam");
        CityEvent other = queueOf("other");

        assertThat(fold.openEpisodes(state(jam, other))).containsExactly(jam, other);
        assertThat(fold.openEpisodes(fold.initial())).isEmpty();
    }

    @Test
    void anEpisodeRestsOnItsOwnRuleAlone() throws Exception {
        CityEvent jam = queueOf("jam");
        CityEvent other = queueOf("other");
        CorridorState state = state(jam, other);

        CorridorState decisive = fold.decisive(state, jam);
        assertThat(decisive.congestion()).containsOnlyKeys("jam");
        assertThat(decisive.incidents()).isEmpty();
        assertThat(decisive.flows()).isEqualTo(state.flows());
        assertThat(decisive.travelTimes()).isEqualTo(LearnedPercentile.NONE);
        assertThat(fold.decisive(state, other).congestion()).isEmpty();
        assertThat(fold.decisive(state, other).incidents()).containsOnlyKeys("other");
    }

    @Test
    void aStateComesBackFromBytes() throws Exception {
        CorridorState state = state(queueOf("jam"), queueOf("other"));
        byte[] bytes = Written.bytes(fold.codec(), state);

        CorridorState back = Written.through(
                out -> fold.codec().write(state, out), in -> fold.codec().read(in));
        assertThat(Written.bytes(fold.codec(), back)).isEqualTo(bytes);
        assertThat(back.congestion().get("jam")).satisfies(queues -> {
            assertThat(queues.version()).isEqualTo(3);
            assertThat(queues.slowAt()).containsExactly(Map.entry("s3", 60_000L));
            assertThat(queues.open().get(0).members()).containsExactly("s3", "s4", "s5");
            assertThat(queues.open().get(0).extent()).isEqualTo(new Extent(60_000, 1250, 2750));
        });
        assertThat(Objects.requireNonNull(back.incidents().get("other")).gaps())
                .containsEntry("s1", new Incidents.Gap(California7.TENTATIVE, true, Hysteresis.QUIET, null));
        assertThat(fold.codec().copy(state)).isSameAs(state);
    }

    @Test
    void bytesOfAnotherVersionAndQueuesWithoutAnEventAreRefused() throws Exception {
        byte[] bytes = Written.bytes(fold.codec(), fold.initial());
        bytes[0]++;

        assertThatThrownBy(() -> fold.codec().read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("corridor");
        assertThatThrownBy(() -> Written.through(out -> Codecs.writeEvent(out, null), Queue::read))
                .isInstanceOf(IOException.class)
                .hasMessage("a queue without an event");
    }

    /** Two minutes later its length has grown by 600 m, and its head gone back 200 m. */
    @Test
    void growthIsKnownFromTheThirdMinuteOn() throws Exception {
        CityEvent event = queueOf("jam");
        Extent first = new Extent(60_000, 1000, 2000);
        Extent second = new Extent(120_000, 700, 1900);
        Extent third = new Extent(180_000, 200, 1800);

        assertThat(queue(event, first, second).growthMPerMin()).isNaN();
        assertThat(queue(event, first, second).headMPerMin()).isNaN();
        assertThat(queue(event, first, second, third).growthMPerMin()).isEqualTo(300);
        assertThat(queue(event, first, second, third).headMPerMin()).isEqualTo(-100);
    }

    @Test
    void nothingStirsIsNothingToRemember() {
        assertThat(Incidents.Gap.QUIET.isQuiet()).isTrue();
        assertThat(new Incidents.Gap(California7.TENTATIVE, false, Hysteresis.QUIET, null).isQuiet())
                .isFalse();
        assertThat(new Incidents.Gap(California7.FREE, true, Hysteresis.QUIET, null).isQuiet())
                .isFalse();
    }
}
