package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.CorridorLife.NOTHING_PASSED;
import static org.citystream.analytics.corridor.CorridorLife.SILENT;
import static org.citystream.analytics.corridor.CorridorLife.minute;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight segments of a corridor, every 500 m, free flow 100 km/h, and the default congestion rule: below 50 for 3 min. */
class QueueTest {
    private final CorridorLife road = new CorridorLife(8, "segment-congestion");

    private JsonNode queue() {
        return road.last().evidence().path("queue");
    }

    @Test
    void congestedNeighboursAreOneEpisodeWithHeadTailAndLength() {
        road.minutes(0, 2, 90, 90, 90, 90, 90, 90, 90, 90);
        road.minutes(2, 3, 90, 90, 90, 40, 20, 25, 95, 90);

        assertThat(road.transitions()).containsExactly(Transition.OPENED);
        CityEvent opened = road.last();
        assertThat(opened.subject().type()).isEqualTo(SubjectType.CORRIDOR);
        assertThat(opened.subject().id()).isEqualTo("ring");
        assertThat(opened.subject().name()).isEqualTo("Ring road");
        assertThat(opened.startedAt()).isEqualTo(minute(2));
        assertThat(opened.at()).isEqualTo(minute(5));
        assertThat(opened.severity()).isEqualTo(Severity.SEVERE);
        assertThat(queue().path("headM").asDouble()).isEqualTo(2750);
        assertThat(queue().path("tailM").asDouble()).isEqualTo(1250);
        assertThat(queue().path("lengthM").asDouble()).isEqualTo(1500);
        assertThat(queue().path("headSegmentId").asText()).isEqualTo("s5");
        assertThat(opened.summary()).contains("Queue of 1.5 km on Ring road", "km 2.8", "km 1.3");
        assertThat(opened.evidence().path("segments")).hasSize(3);
        assertThat(opened.evidence().path("sensors"))
                .extracting(sensor -> sensor.path("sensorId").asText() + " "
                        + sensor.path("segmentId").asText() + " "
                        + sensor.path("trust").asDouble())
                .containsExactly("loop-5 s5 0.0", "loop-4 s4 0.8", "loop-3 s3 1.0");
        assertThat(opened.evidence().path("sensors").path(0).has("trust"))
                .as("one of its detectors was left out, and it may be this one")
                .isFalse();
        assertThat(opened.evidence().path("excluded")).singleElement().satisfies(left -> {
            assertThat(left.path("segmentId").asText()).isEqualTo("s5");
            assertThat(left.path("detectors").asInt()).isEqualTo(1);
        });
        assertThat(opened.evidence().path("observed").path("dischargeFlowVehH").asDouble())
                .isEqualTo(1800);
    }

    @Test
    void aNeighbourThatHasOnlyJustSlowedDownBelongsToTheQueue() {
        road.minutes(0, 2, 90, 90, 90, 90, 40, 40, 95, 90);
        road.minutes(2, 1, 90, 90, 90, 45, 40, 40, 95, 90);

        assertThat(queue().path("tailSegmentId").asText()).isEqualTo("s3");
    }

    @Test
    void aGrowingQueueIsToldOfEveryFiveMinutesWithItsGrowth() {
        road.minutes(0, 3, 90, 90, 90, 90, 90, 40, 95, 90);
        road.minutes(3, 2, 90, 90, 90, 90, 40, 40, 95, 90);
        road.minutes(5, 2, 90, 90, 90, 40, 40, 40, 95, 90);
        road.minutes(7, 2, 90, 90, 40, 40, 40, 40, 95, 90);

        assertThat(road.transitions()).containsExactly(Transition.OPENED, Transition.UPDATED);
        assertThat(road.last().at()).isEqualTo(minute(8));
        assertThat(queue().path("lengthM").asDouble()).isEqualTo(2000);
        assertThat(queue().path("growthMPerMin").asDouble()).isEqualTo(300);
        assertThat(queue().path("head").asText()).isEqualTo("fixed");
        assertThat(road.events())
                .extracting(CityEvent::episodeId)
                .containsOnly(road.last().episodeId());
    }

    @Test
    void aHeadThatTravelsUpstreamIsAMovingJam() {
        road.minutes(0, 4, 90, 90, 90, 90, 90, 40, 40, 95);
        for (int i = 0; i < 5; i++) {
            double[] speeds = {90, 90, 90, 90, 90, 90, 90, 90};
            // It takes an exit dwell of 5 min for a station to be free again: the front has long passed.
            speeds[5 - i] = 40;
            speeds[4 - i] = 40;
            road.minutes(4 + 2 * i, 2, speeds);
        }

        assertThat(queue().path("head").asText()).isEqualTo("moving");
    }

    @Test
    void itEndsWhereItsLastStationBeganToLeave() {
        road.minutes(0, 4, 90, 90, 90, 40, 40, 40, 95, 90);
        road.minutes(4, 2, 90, 90, 90, 90, 90, 40, 95, 90);
        road.minutes(6, 5, 90, 90, 90, 90, 90, 90, 95, 90);

        assertThat(road.last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(road.last().endedAt()).isEqualTo(minute(6));
        assertThat(road.last().at()).isEqualTo(minute(11));
    }

    @Test
    void queuesThatMeetBecomeTheOneThatStartedFirst() {
        road.minutes(0, 3, 90, 90, 90, 90, 90, 40, 95, 90);
        road.minutes(3, 3, 90, 40, 90, 90, 90, 40, 95, 90);
        assertThat(road.transitions()).containsExactly(Transition.OPENED, Transition.OPENED);
        String first = road.events().get(0).episodeId();
        String second = road.events().get(1).episodeId();

        road.minutes(6, 3, 90, 40, 40, 40, 40, 40, 95, 90);

        CityEvent withdrawn = road.events().stream()
                .filter(event -> event.transition() == Transition.WITHDRAWN)
                .findFirst()
                .orElseThrow();
        assertThat(withdrawn.episodeId()).isEqualTo(second);
        assertThat(withdrawn.replacedBy()).isEqualTo(first);
        assertThat(withdrawn.reason()).isEqualTo("merged");
        assertThat(road.episodes()).containsOnlyKeys(first);
    }

    @Test
    void ofAQueueThatBreaksApartThePartWithTheHeadStays() {
        road.minutes(0, 4, 90, 40, 40, 40, 40, 40, 95, 90);
        String whole = road.last().episodeId();
        road.minutes(4, 6, 90, 40, 90, 90, 40, 40, 95, 90);

        assertThat(road.episodes()).hasSize(2).containsKey(whole);
        CityEvent broken = road.events().stream()
                .filter(event -> !event.episodeId().equals(whole))
                .findFirst()
                .orElseThrow();
        assertThat(broken.evidence().path("queue").path("headSegmentId").asText())
                .isEqualTo("s1");
        assertThat(broken.startedAt()).isEqualTo(minute(8));
    }

    @Test
    void inAStandstillNothingPassesAndItIsStillCongestion() {
        road.minutes(0, 3, 90, 90, 90, 90, NOTHING_PASSED, NOTHING_PASSED, 95, 90);

        assertThat(road.transitions()).containsExactly(Transition.OPENED);
        assertThat(road.last().summary()).contains("at 0 km/h");
        assertThat(road.last().severity()).isEqualTo(Severity.SEVERE);
    }

    @Test
    void aStationThatSaysNothingIsBridgedAndNamed() {
        road.minutes(0, 3, 90, 90, 90, 40, SILENT, 40, 95, 90);

        assertThat(road.transitions()).containsExactly(Transition.OPENED);
        assertThat(road.last().evidence().path("excluded"))
                .extracting(left -> left.path("segmentId").asText() + " "
                        + left.path("reason").asText())
                .contains("s4 no-data");
        assertThat(road.last().evidence().path("completeness").asDouble()).isEqualTo(0.667);
    }

    @Test
    void aQueueWhoseStationsFallSilentIsNotOver() {
        road.minutes(0, 4, 90, 90, 90, 40, 40, 40, 95, 90);
        road.minutes(4, 30, 90, 90, 90, SILENT, SILENT, SILENT, 95, 90);

        assertThat(road.transitions()).doesNotContain(Transition.CLOSED);
    }

    @Test
    void aLateCorrectionAmendsTheQueue() {
        road.minutes(0, 6, 90, 90, 90, 90, 40, 40, 95, 90);
        String before = road.last().episodeId();
        for (int minute = 0; minute < 3; minute++) {
            road.told(4, minute, 2, 90);
            road.told(5, minute, 2, 90);
        }
        road.clockSteadilyTo(minute(9));

        assertThat(road.transitions()).contains(Transition.WITHDRAWN, Transition.OPENED);
        assertThat(road.episodes()).doesNotContainKey(before).hasSize(1);
        assertThat(road.last().startedAt()).isEqualTo(minute(3));
        assertThat(road.last().replaces()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderOfRevisionsDoesNotMatter(long seed) {
        Random random = new Random(seed);
        int minutes = 60;
        double[][] speeds = new double[minutes][8];
        for (int segment = 0; segment < 8; segment++) {
            double speed = 90;
            for (int minute = 0; minute < minutes; minute++) {
                speed = random.nextInt(8) == 0 ? 15 + random.nextInt(85) : speed;
                speeds[minute][segment] = speed;
            }
        }
        CorridorLife ordered = new CorridorLife(8, "segment-congestion");
        for (int minute = 0; minute < minutes; minute++) {
            ordered.minute(minute, speeds[minute]);
        }
        ordered.clockSteadilyTo(minute(minutes + 10));

        CorridorLife corrected = new CorridorLife(8, "segment-congestion");
        List<int[]> late = new ArrayList<>();
        for (int minute = 0; minute < minutes; minute++) {
            double[] first = speeds[minute].clone();
            for (int segment = 0; segment < 8; segment++) {
                if (random.nextInt(4) == 0) {
                    late.add(new int[] {segment, minute});
                    first[segment] = random.nextBoolean() ? SILENT : 10 + random.nextInt(90);
                }
            }
            corrected.minute(minute, first);
        }
        Collections.shuffle(late, random);
        for (int[] cell : late) {
            corrected.told(cell[0], cell[1], 3, speeds[cell[1]][cell[0]]);
            corrected.told(cell[0], cell[1], 2, 5);
        }
        corrected.clockSteadilyTo(minute(minutes + 10));

        assertThat(corrected.episodes()).as("seed %d", seed).isEqualTo(ordered.episodes());
    }

    @Test
    void aQueueThatStandsThereEveryWeekIsCalledUsual() {
        road.usually(90, 90, 90, 60, 60, 60, 90, 90);
        road.minutes(0, 3, 90, 90, 90, 40, 40, 40, 90, 90);

        assertThat(road.last().summary()).endsWith("at 40 km/h, usual at this hour");
        assertThat(road.last().evidence().path("typical").path("recurrent").asBoolean())
                .isTrue();
    }

    @Test
    void aQueueWhereTrafficFlowsInOtherWeeksIsCalledUnusual() {
        road.usually(90, 90, 90, 90, 90, 90, 90, 90);
        road.minutes(0, 3, 90, 90, 90, 40, 40, 40, 90, 90);

        assertThat(road.last().summary()).endsWith("at 40 km/h, unusual at this hour");
        assertThat(road.last().evidence().path("typical").path("recurrent").asBoolean(true))
                .isFalse();
    }

    /** Slow for two minutes at each station, for less than any dwell but where it was born: the wave that an incident leaves. */
    @Test
    void aWaveThatTravelsUpstreamIsStillTheQueueItCameFrom() {
        road.minutes(0, 4, 90, 90, 90, 90, 90, 90, 20, 90);
        for (int i = 0; i < 5; i++) {
            double[] speeds = {90, 90, 90, 90, 90, 90, 90, 90};
            speeds[6 - i] = 40;
            speeds[5 - i] = 20;
            road.minutes(4 + 2 * i, 2, speeds);
        }
        road.minutes(14, 10, 90, 90, 90, 90, 90, 90, 90, 90);

        assertThat(road.transitions()).filteredOn(Transition.OPENED::equals).hasSize(1);
        assertThat(road.last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(queue().path("tailM").asDouble()).isLessThan(1000);
    }

    /** Behind the place that was blocked vehicles discharge at capacity, neither slow nor free; what is slow has moved upstream. */
    @Test
    void aQueueIsWhereTrafficIsSlowNotWhereItDischarges() {
        road.minutes(0, 6, 90, 20, 20, 20, 20, 20, 20, 90);
        road.minutes(6, 8, 90, 20, 20, 20, 90, 90, 65, 90);

        assertThat(road.transitions()).doesNotContain(Transition.CLOSED);
        assertThat(road.transitions()).filteredOn(Transition.OPENED::equals).hasSize(1);
        assertThat(queue().path("headM").asDouble()).isEqualTo(1750);
    }

    @Test
    void oneStationThatFlowsAgainIsAHoleInAQueue() {
        road.minutes(0, 6, 90, 20, 20, 20, 20, 20, 20, 90);
        road.minutes(6, 12, 90, 20, 20, 20, 90, 20, 20, 90);

        assertThat(road.transitions()).containsOnlyOnce(Transition.OPENED);
        assertThat(queue().path("lengthM").asDouble()).isEqualTo(3000);
    }
}
