package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.analytics.pane.Intake;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;

/** One road segment, free flow 100 km/h, one detector that reports each minute, and the default rule. */
class CongestionEpisodeTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Detector LOOP = Detector.onFreeway("ring-1", 100);

    private final TrafficCity city = TrafficCity.withDefaultRules().with(LOOP.registered());

    private static Instant minute(int minutes) {
        return EIGHT.plusSeconds(60L * minutes);
    }

    /** One reading a minute from this minute on, arriving a second after its minute. */
    private void drives(int fromMinute, double... speeds) {
        for (int i = 0; i < speeds.length; i++) {
            Instant end = minute(fromMinute + i + 1);
            city.clock(end.plusSeconds(1));
            city.receives(LOOP.reads(end, 10, speeds[i]));
        }
        city.clock(city.clock().plusSeconds(70));
    }

    private CityEvent last() {
        return city.events().get(city.events().size() - 1);
    }

    @Test
    void opensWhenThreeMinutesAreBelowHalfOfFreeFlowAndStartsWhereTheyStarted() {
        drives(0, 90, 90, 40, 40, 40);

        assertThat(city.events()).hasSize(1);
        assertThat(last().transition()).isEqualTo(Transition.OPENED);
        assertThat(last().startedAt()).isEqualTo(minute(2));
        assertThat(last().at()).isEqualTo(minute(5));
        assertThat(last().severity()).isEqualTo(Severity.MODERATE);
        assertThat(last().summary()).contains("40 km/h", "40 %", "100 km/h");
        assertThat(last().evidence().path("observed").path("speedRatio").asDouble())
                .isEqualTo(0.4);
        assertThat(last().evidence().path("sensors").path(0).path("sensorId").asText())
                .isEqualTo("loop-ring-1");
        assertThat(last().evidence().path("samples")).singleElement().satisfies(sample -> {
            assertThat(sample.path("sensorId").asText()).isEqualTo("loop-ring-1");
            assertThat(sample.path("observedAt").asText())
                    .as("the reading of the deciding minute")
                    .isEqualTo(minute(5).toString());
            assertThat(sample.path("speedKmh").asDouble()).isEqualTo(40);
            assertThat(sample.path("vehicles").asDouble()).isPositive();
        });
        assertThat(last().rule().id()).isEqualTo("segment-congestion");
    }

    @Test
    void aShortDipOpensNothing() {
        drives(0, 90, 40, 40, 60, 40, 40, 90);

        assertThat(city.events()).isEmpty();
    }

    @Test
    void closesWhenFiveMinutesAreAboveSeventyPercentAndEndsWhereTheyStarted() {
        drives(0, 40, 40, 40, 60, 60, 80, 80, 65, 80, 80, 80, 80, 80);

        assertThat(last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(last().startedAt()).isEqualTo(minute(0));
        assertThat(last().endedAt()).isEqualTo(minute(8));
        assertThat(last().at()).isEqualTo(minute(13));
        assertThat(city.events()).hasSize(2);
        assertThat(city.events().get(0).episodeId()).isEqualTo(last().episodeId());
    }

    @Test
    void severityFollowsOnceItHasLasted() {
        drives(0, 40, 40, 40, 20, 20, 40, 20, 20, 20, 45, 45, 45, 45, 45);

        assertThat(city.events())
                .extracting(CityEvent::transition, CityEvent::severity, CityEvent::at)
                .containsExactly(
                        tuple(Transition.OPENED, Severity.MODERATE, minute(3)),
                        tuple(Transition.ESCALATED, Severity.SEVERE, minute(9)),
                        tuple(Transition.DEESCALATED, Severity.MODERATE, minute(14)));
        assertThat(city.events()).extracting(CityEvent::revision).containsExactly(1, 2, 3);
    }

    @Test
    void minutesWithoutVehiclesDecideNothing() {
        for (int i = 0; i < 8; i++) {
            Instant end = minute(i + 1);
            city.clock(end.plusSeconds(1));
            city.receives(LOOP.reads(end, 0, 0));
        }
        city.clock(minute(12));

        assertThat(city.events()).isEmpty();
        assertThat(city.summary("ring-1", minute(3)).spaceMeanSpeedKmh()).isNull();
        assertThat(city.summary("ring-1", minute(3)).vehicleFlowPerHour()).isZero();
    }

    @Test
    void sensorsThatFallSilentMakeAnOpenEpisodeStaleNeverClosed() {
        drives(0, 40, 40, 40);
        city.clockSteadilyTo(minute(60), Duration.ofSeconds(10));

        assertThat(city.events())
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.STALE);
        assertThat(last().endedAt()).isNull();
        assertThat(last().at()).isEqualTo(minute(6));

        drives(60, 40);
        assertThat(last().transition()).isEqualTo(Transition.UPDATED);
        assertThat(last().episodeId()).isEqualTo(city.events().get(0).episodeId());
    }

    @Test
    void anOutageOfOursMakesNobodySilent() {
        drives(0, 40, 40, 40);
        city.resumesAt(minute(59));
        city.clock(minute(60));

        assertThat(city.events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED);
    }

    @Test
    void lateReadingsThatMoveTheStartWithdrawOneEpisodeAndOpenAnotherInItsPlace() {
        drives(0, 90, 90);
        drives(5, 40, 40, 40);
        String first = last().episodeId();
        for (int i = 2; i < 5; i++) {
            city.receives(LOOP.reads(minute(i + 1), 10, 40));
        }
        city.clockSteadilyTo(city.clock().plusSeconds(10), Duration.ofSeconds(1));

        CityEvent withdrawn = city.events().get(1);
        CityEvent opened = city.events().get(2);
        assertThat(withdrawn.transition()).isEqualTo(Transition.WITHDRAWN);
        assertThat(withdrawn.episodeId()).isEqualTo(first);
        assertThat(withdrawn.replacedBy()).isEqualTo(opened.episodeId());
        assertThat(opened.transition()).isEqualTo(Transition.OPENED);
        assertThat(opened.replaces()).isEqualTo(first);
        assertThat(opened.startedAt()).isEqualTo(minute(2));
        assertThat(city.events()).hasSize(3);
    }

    @Test
    void manyLateReadingsAreOneCorrection() {
        drives(0, 90);
        city.clockSteadilyTo(minute(150), Duration.ofSeconds(10));
        int told = city.summariesTold();
        for (int i = 1; i < 121; i++) {
            city.receives(LOOP.reads(minute(i + 1), 10, i < 60 ? 40 : 90));
        }
        city.clockSteadilyTo(minute(152), Duration.ofSeconds(1));

        assertThat(city.summariesTold() - told)
                .as("120 minutes, three of them told empty before")
                .isEqualTo(123);
        assertThat(city.events()).as("over already: recorded, not announced").hasSize(1);
        assertThat(last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(last().startedAt()).isEqualTo(minute(1));
        assertThat(last().endedAt()).isEqualTo(minute(60));
    }

    @Test
    void aCorrectionThatLeavesTheEpisodeInPlaceAmendsIt() {
        drives(0, 90, 40, 40, 40);
        city.receives(LOOP.named("loop-other").reads(minute(3), 10, 30));
        city.clock(city.clock().plusSeconds(10));
        assertThat(city.events()).as("not registered there: left out").hasSize(1);

        city.receives(LOOP.reads(minute(4).minusMillis(1), 5, 30));
        city.clock(city.clock().plusSeconds(10));
        assertThat(last().transition()).isEqualTo(Transition.AMENDED);
        assertThat(last().revision()).isEqualTo(2);
        assertThat(last().episodeId()).isEqualTo(city.events().get(0).episodeId());
    }

    @Test
    void aChangedConditionClosesAndARuleSwitchedOffToo() {
        drives(0, 40, 40, 40);
        var rule = RuleCodec.defaultRules().get(0);
        var off = new Rule(
                rule.id(),
                rule.kind(),
                RuleMode.OFF,
                rule.scope(),
                rule.schedule(),
                rule.severity(),
                rule.labels(),
                rule.condition(),
                2,
                minute(6),
                "other");
        city.with(off);
        drives(3, 40, 40, 40, 40);

        assertThat(last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(last().reason()).isEqualTo("rule-off");
        assertThat(last().endedAt()).isEqualTo(minute(6));
    }

    @Test
    void aRuleThatArrivesTooLateIsAppliedBackToWhereItHolds() {
        drives(0, 40, 40, 40, 40, 40);
        var rule = RuleCodec.defaultRules().get(0);
        city.with(new Rule(
                rule.id(),
                rule.kind(),
                RuleMode.DELETED,
                rule.scope(),
                rule.schedule(),
                rule.severity(),
                rule.labels(),
                rule.condition(),
                2,
                minute(1),
                "other"));
        drives(5, 40, 40);

        assertThat(last().transition()).isEqualTo(Transition.WITHDRAWN);
        assertThat(city.episodes()).isEmpty();
    }

    @Test
    void theSameReadingTwiceCountsOnce() {
        city.clock(minute(1));
        assertThat(city.receives(LOOP.reads(minute(1), 10, 50))).isEqualTo(Intake.COUNTED);
        assertThat(city.receives(LOOP.reads(minute(1), 10, 50))).isEqualTo(Intake.DUPLICATE);
        city.clock(minute(3));

        assertThat(city.summary("ring-1", minute(0)).vehicleFlowPerHour()).isEqualTo(600);
        assertThat(city.summary("ring-1", minute(0)).readingCount()).isEqualTo(1);
    }

    @Test
    void nothingIsLeftBehindAMonthAfterTheLastReading() {
        drives(0, 90, 40, 40, 40, 90, 90, 90, 90, 90);
        city.clockSteadilyTo(minute(10).plus(Duration.ofHours(6)), Duration.ofMinutes(1));
        assertThat(city.memory("ring-1").paneCount()).isZero();

        city.clockSteadilyTo(minute(10).plus(Duration.ofDays(31)), Duration.ofHours(1));
        assertThat(city.memory("ring-1").isEmpty()).isTrue();
    }

    @Test
    void anEmptyMinuteIsToldWhileReadingsAreExpectedThenSilenceIsNot() {
        drives(0, 90);
        city.clockSteadilyTo(minute(30), Duration.ofSeconds(10));

        assertThat(city.summaries()).hasSize(4);
        assertThat(city.summaries().get(3).readingCount()).isZero();
        assertThat(city.summaries().get(3).completeness()).isZero();
    }

    @Test
    void eventIdsAreFunctionsOfWhatHappened() {
        drives(0, 40, 40, 40);
        TrafficCity again = TrafficCity.withDefaultRules().with(LOOP.registered());
        again.clock(minute(3));
        again.receives(
                List.of(LOOP.reads(minute(2), 10, 40), LOOP.reads(minute(1), 10, 40), LOOP.reads(minute(3), 10, 40)));
        again.clockSteadilyTo(minute(6), Duration.ofSeconds(1));

        assertThat(again.events().get(0).eventId())
                .isEqualTo(city.events().get(0).eventId());
    }
}
