package org.citystream.jobs.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.analytics.airquality.AirHour;
import org.citystream.analytics.airquality.AirObservations;
import org.citystream.analytics.airquality.AirState;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.corridor.CorridorState;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.analytics.traffic.TrafficState;
import org.citystream.jobs.control.ControlLog;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;
import org.junit.jupiter.api.Test;

/** The sensors of a subject with an open episode are retired: the episode ends then, and nothing of the subject is left. */
class RetirementTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final String RETIRED = "subject-retired";
    private static final Duration TRAFFIC_REACH = PaneTiming.TRAFFIC
            .horizon()
            .plus(PaneTiming.TRAFFIC.longestPeriod())
            .plusMinutes(10);

    private static final String LOOP = "'sensorId':'loop-1','kind':'traffic','cityId':'testville',"
            + "'roadSegmentId':'ring-1','laneCount':1,'facility':'freeway','freeFlowSpeedKmh':100,"
            + "'expectedIntervalSeconds':60";
    private static final String LOOP_ON_CORRIDOR = LOOP + ",'corridorId':'ring','corridorPositionM':250,'lengthM':500";
    private static final String BOX = "'sensorId':'box-1','kind':'air','cityId':'testville','stationId':'park',"
            + "'expectedIntervalSeconds':3600";

    private static Instant minute(int minutes) {
        return EIGHT.plusSeconds(60L * minutes);
    }

    private static Instant hour(int hours) {
        return EIGHT.plus(Duration.ofHours(hours));
    }

    private static Observation slow(int minute) {
        return TrafficMeasure.observation(
                "ring-1", "loop-1", 0, minute(minute).toEpochMilli(), 60_000, null, 0, 10, 30, 0.2);
    }

    private static PaneOperator segments(ControlLog log) throws Exception {
        return PaneOperator.opened(
                PaneFunction.<TrafficState, TrafficSummary>ofReadings(PaneTiming.TRAFFIC, TrafficFold::new, log), null);
    }

    /** A jam from eight o'clock on, reported until this minute. */
    private static void jam(PaneOperator segment, int until) throws Exception {
        segment.clock(minute(1));
        for (int i = 1; i <= until; i++) {
            segment.receives(slow(i));
            segment.clock(minute(i + 1));
        }
    }

    private static void endsBecauseRetired(List<CityEvent> events, Instant at) {
        CityEvent last = events.get(events.size() - 1);
        assertThat(last.transition()).isEqualTo(Transition.CLOSED);
        assertThat(last.reason()).isEqualTo(RETIRED);
        assertThat(last.endedAt()).isEqualTo(at);
        assertThat(last.episodeId()).isEqualTo(events.get(0).episodeId());
    }

    private static void nothingIsLeftOf(PaneOperator operator) {
        assertThat(operator.stateEntries()).isZero();
        assertThat(operator.timers()).isZero();
    }

    @Test
    void ofASegmentThatStillReports() throws Exception {
        try (PaneOperator segment = segments(new DefaultRulesAnd(LOOP))) {
            jam(segment, 5);
            segment.hears(DefaultRulesAnd.retired(LOOP, minute(7)));
            for (int i = 6; i <= 10; i++) {
                segment.receives(slow(i));
                segment.clock(minute(i + 1));
            }
            assertThat(segment.events())
                    .extracting(CityEvent::transition)
                    .containsExactly(Transition.OPENED, Transition.CLOSED);
            endsBecauseRetired(segment.events(), minute(7));

            segment.clock(minute(10).plus(TRAFFIC_REACH));
            nothingIsLeftOf(segment);
        }
    }

    @Test
    void ofASegmentThatHasFallenSilent() throws Exception {
        try (PaneOperator segment = segments(new DefaultRulesAnd(LOOP))) {
            jam(segment, 5);
            segment.clock(minute(15));
            assertThat(segment.events())
                    .extracting(CityEvent::transition)
                    .containsExactly(Transition.OPENED, Transition.STALE);
            segment.clock(minute(15).plus(TRAFFIC_REACH));
            assertThat(segment.timers()).as("stale, it is looked at hourly").isEqualTo(1);

            Instant retired = minute(20).plus(TRAFFIC_REACH);
            segment.hears(DefaultRulesAnd.retired(LOOP, retired));
            segment.clock(retired.plus(Duration.ofHours(1)));
            endsBecauseRetired(segment.events(), retired);

            segment.clock(retired.plus(TRAFFIC_REACH));
            nothingIsLeftOf(segment);
        }
    }

    @Test
    void ofASegmentWhoseSensorMovesAway() throws Exception {
        try (PaneOperator segment = segments(new DefaultRulesAnd(LOOP))) {
            jam(segment, 5);
            segment.hears(DefaultRulesAnd.entry(LOOP.replace("ring-1", "ring-2"), 2, minute(7)));
            segment.clock(minute(9));
            endsBecauseRetired(segment.events(), minute(7));

            segment.clock(minute(7).plus(TRAFFIC_REACH));
            nothingIsLeftOf(segment);
        }
    }

    @Test
    void whatComesLateIsStillCountedWhereTheSensorWas() throws Exception {
        try (PaneOperator segment = segments(new DefaultRulesAnd(LOOP))) {
            jam(segment, 5);
            segment.hears(DefaultRulesAnd.retired(LOOP, minute(10)));
            segment.clock(minute(10).plus(PaneTiming.TRAFFIC.horizon()));
            for (int i = 6; i <= 10; i++) {
                segment.receives(slow(i));
            }
            segment.clock(minute(10).plus(PaneTiming.TRAFFIC.horizon()).plusSeconds(10));
            assertThat(segment.summaries(TrafficSummary.class))
                    .filteredOn(summary -> summary.readingCount() == 1)
                    .hasSize(10);
            endsBecauseRetired(segment.events(), minute(10));

            segment.clock(minute(10).plus(PaneTiming.TRAFFIC.horizon()).plus(TRAFFIC_REACH));
            nothingIsLeftOf(segment);
        }
    }

    @Test
    void ofAStation() throws Exception {
        try (PaneOperator station = PaneOperator.opened(
                PaneFunction.<AirState, AirHour>ofReadings(PaneTiming.AIR, AirFold::new, new DefaultRulesAnd(BOX)),
                null)) {
            station.clock(hour(0));
            for (int i = 1; i <= 5; i++) {
                double[] values = new double[AirObservations.FIELDS.size()];
                Arrays.fill(values, Double.NaN);
                values[AirObservations.FIELDS.indexOf("no2UgM3")] = 150;
                station.receives(
                        AirObservations.of("park", "box-1", hour(i).toEpochMilli(), 3_600_000, null, 0, values));
                station.clock(hour(i).plusSeconds(90));
            }
            assertThat(station.events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED);
            station.hears(DefaultRulesAnd.retired(BOX, hour(7)));
            station.clock(hour(10));
            endsBecauseRetired(station.events(), hour(7));

            // The rest of the calendar day is folded, for its mean, before anything can be forgotten.
            station.clock(hour(24).plus(PaneTiming.AIR.horizon())
                    .plus(PaneTiming.AIR.longestPeriod())
                    .plus(Duration.ofHours(2)));
            nothingIsLeftOf(station);
        }
    }

    @Test
    void ofACorridor() throws Exception {
        ControlLog log = new DefaultRulesAnd(LOOP_ON_CORRIDOR);
        try (PaneOperator segment = segments(log);
                PaneOperator corridor = PaneOperator.opened(
                        PaneFunction.<CorridorState, CorridorSummary>ofParts(
                                PaneTiming.TRAFFIC.ofGroups(), CorridorFold::new, log),
                        null)) {
            jam(segment, 5);
            corridor.clock(minute(1));
            for (Observation part : segment.beside(PaneFunction.PARTS)) {
                corridor.receives(part);
            }
            corridor.clock(minute(6));
            assertThat(corridor.events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED);

            corridor.hears(DefaultRulesAnd.retired(LOOP_ON_CORRIDOR, minute(8)));
            corridor.clock(minute(80));
            endsBecauseRetired(corridor.events(), minute(8));

            corridor.clock(minute(80).plus(TRAFFIC_REACH).plusSeconds(600));
            nothingIsLeftOf(corridor);
        }
    }
}
