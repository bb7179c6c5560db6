package org.citystream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.dashboard.SampleCity;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CityStateTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final String ROAD = SampleCity.ACCIDENT_SEGMENT;

    private final CityState state = new CityState();
    private final LiveChannel channel = new LiveChannel();
    private final Mailbox watcher = channel.join();
    private final LiveIntake intake = new LiveIntake(state, channel);

    @Test
    void aLaterMinuteReplacesAnEarlierOneAndNeverTheOtherWayRound() throws Exception {
        take(SampleCity.traffic(ROAD, EIGHT.plusSeconds(60)));
        take(SampleCity.traffic(ROAD, EIGHT));

        assertThat(state.traffic().get(ROAD))
                .extracting(TrafficSummary::windowEnd)
                .isEqualTo(EIGHT.plusSeconds(60));
        assertThat(watcher.take(Duration.ZERO))
                .singleElement()
                .satisfies(message -> assertThat(message.json()).contains("2026-11-23T08:01:00Z"));
    }

    /** A job that goes on from a checkpoint numbers its revisions anew. */
    @Test
    void theLastWordOnAMinuteCountsWhateverItsRevision() {
        take(revised(SampleCity.traffic(ROAD, EIGHT), 2, 90));
        take(revised(SampleCity.traffic(ROAD, EIGHT), 1, 31));

        assertThat(state.traffic().get(ROAD))
                .extracting(TrafficSummary::spaceMeanSpeedKmh)
                .isEqualTo(31.0);
    }

    @Test
    void theRegistryShowsTheVersionThatHoldsAndNoRetiredSensor() {
        Sensor sensor = SampleCity.sensors().get(0);
        intake.accept(Topics.SENSORS.name(), JsonCodec.write(sensor));
        intake.accept(Topics.SENSORS.name(), JsonCodec.write(retired(sensor).withVersion(2, EIGHT)));

        assertThat(state.registry().at(EIGHT.minusSeconds(1))).containsExactly(sensor);
        assertThat(state.registry().at(EIGHT)).isEmpty();
    }

    @Test
    void openEpisodesAreThoseOfTheMomentWorstFirst() {
        SampleCity.events().forEach(event -> intake.accept(Topics.EVENTS.name(), JsonCodec.write(event)));

        assertThat(state.episodes().openAt(SampleCity.NOW))
                .hasSize(7)
                .first()
                .satisfies(event -> assertThat(event.severity()).isEqualTo(Severity.SEVERE));
        assertThat(state.episodes().openAt(SampleCity.ACCIDENT.minusSeconds(1)))
                .extracting(CityEvent::episodeId)
                .containsExactly("ep-mill-gate", "ep-silent");
    }

    @Test
    void aWithdrawnEpisodeNeverWas() {
        CityEvent opened = SampleCity.events().get(0);
        state.episodes().accept(opened);
        state.episodes().accept(withTransition(opened, Transition.WITHDRAWN, null));

        assertThat(state.episodes().openAt(SampleCity.NOW)).isEmpty();
    }

    @Test
    void aClosedEpisodeStaysOpenInItsPast() {
        CityEvent opened = SampleCity.events().get(0);
        Instant ended = SampleCity.NOW.minusSeconds(300);
        state.episodes().accept(withTransition(opened, Transition.CLOSED, ended));

        assertThat(state.episodes().openAt(SampleCity.NOW)).isEmpty();
        assertThat(state.episodes().openAt(ended.minusSeconds(1))).hasSize(1);
    }

    @Test
    void closedEpisodesAreBounded() {
        CityEvent opened = SampleCity.events().get(0);
        for (int i = 0; i < 3 * Episodes.CLOSED_KEPT; i++) {
            state.episodes().accept(renamed(opened, "ep-" + i, EIGHT.plusSeconds(i)));
        }

        List<CityEvent> last = state.episodes().openAt(EIGHT.plusSeconds(3 * Episodes.CLOSED_KEPT));
        assertThat(last)
                .hasSizeLessThanOrEqualTo(2 * Episodes.CLOSED_KEPT)
                .extracting(CityEvent::episodeId)
                .contains("ep-" + (3 * Episodes.CLOSED_KEPT - 1));
    }

    @Test
    void whatIsNotARecordIsRefused() {
        assertThatThrownBy(() -> intake.accept(
                        Topics.SUMMARIES_TRAFFIC.name(), "{\"roadSegmentId\":".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> intake.accept("city.unknown.v1", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void take(TrafficSummary summary) {
        intake.accept(Topics.SUMMARIES_TRAFFIC.name(), JsonCodec.write(summary));
    }

    private static TrafficSummary revised(TrafficSummary s, int revision, double speedKmh) {
        return new TrafficSummary(
                s.roadSegmentId(),
                s.corridorId(),
                s.cityId(),
                s.windowStart(),
                s.windowEnd(),
                revision,
                true,
                s.readingCount(),
                s.vehicleFlowPerHour(),
                speedKmh,
                s.occupancy(),
                s.densityVehKmLane(),
                s.freeFlowSpeedKmh(),
                s.baseline(),
                s.speedRatio(),
                s.travelTimeIndex(),
                s.planningTimeIndex(),
                s.congestionLevelPercent(),
                s.vehicleDelayVehH(),
                s.typicalSpeedKmh(),
                s.levelOfService(),
                s.completeness(),
                s.trust(),
                s.sensors(),
                s.excluded());
    }

    private static Sensor retired(Sensor s) {
        return new Sensor(
                s.sensorId(),
                s.kind(),
                s.cityId(),
                s.name(),
                s.location(),
                s.roadSegmentId(),
                s.laneCount(),
                s.corridorId(),
                s.corridorPositionM(),
                s.lengthM(),
                s.facility(),
                s.measurement(),
                s.freeFlowSpeedKmh(),
                s.stationId(),
                s.setting(),
                s.expectedIntervalSeconds(),
                s.uploadIntervalSeconds(),
                s.timeZone(),
                s.foreignId(),
                true,
                s.roadGeometry(),
                s.attributes(),
                s.version(),
                s.effectiveFrom());
    }

    private static CityEvent withTransition(CityEvent e, Transition transition, @Nullable Instant endedAt) {
        return copy(e, e.episodeId(), transition, e.startedAt(), endedAt);
    }

    private static CityEvent renamed(CityEvent e, String episodeId, Instant startedAt) {
        return copy(e, episodeId, Transition.CLOSED, startedAt, EIGHT.plus(Duration.ofDays(1)));
    }

    private static CityEvent copy(
            CityEvent e, String episodeId, Transition transition, Instant startedAt, @Nullable Instant endedAt) {
        return new CityEvent(
                e.eventId(),
                episodeId,
                2,
                e.kind(),
                transition,
                e.severity(),
                e.cityId(),
                e.subject(),
                startedAt,
                e.at(),
                endedAt,
                null,
                null,
                e.reason(),
                e.rule(),
                e.labels(),
                e.summary(),
                null,
                e.evidence());
    }
}
