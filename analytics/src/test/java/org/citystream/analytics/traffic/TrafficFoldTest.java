package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citystream.analytics.traffic.OneMinute.END;
import static org.citystream.analytics.traffic.OneMinute.SEGMENT;
import static org.citystream.analytics.traffic.OneMinute.START;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Filled;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.pane.Written;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a segment's minute says and what is learned from it, and who decides about the segment. */
class TrafficFoldTest {
    private static final Detector LOOP = Detector.onFreeway(SEGMENT, 100);
    private static final Detector STREET = Detector.onStreet(SEGMENT, 50.0);
    private static final Detector BLUETOOTH = Detector.byTravelTime(SEGMENT, 50.0, 60);

    private static Instant minute(int minutes) {
        return START.plusSeconds(60L * minutes);
    }

    /** Free flow of 48 km/h and, of the slowest, 30 km/h. */
    private static TrafficState learned(TrafficState before, boolean byNight) {
        FreeFlow freeFlow = new FreeFlow(
                IntegerHistogram.EMPTY, IntegerHistogram.EMPTY, 48, 30, byNight, Long.MAX_VALUE, Long.MIN_VALUE);
        return new TrafficState(
                freeFlow,
                before.effectiveLength(),
                before.typical(),
                before.repeats(),
                before.matched(),
                before.windows(),
                before.episodes());
    }

    /** A reading a minute for so many minutes, of this detector as the registry has it. */
    private static TrafficCity drives(TrafficCity city, Detector detector, int minutes, double count, double speedKmh) {
        for (int i = 1; i <= minutes; i++) {
            city.clock(minute(i).plusSeconds(1));
            city.receives(detector.reads(minute(i), 60, 0, count, speedKmh, count == 0 ? 0.9 : 0.2));
        }
        city.clock(minute(minutes + 2));
        return city;
    }

    @Test
    void readingsComeFromTheTopicOfTraffic() {
        assertThat(OneMinute.of().fold().readingsTopic()).isEqualTo("city.readings.traffic.v1");
    }

    @Test
    void whatIsLearnedIsShownOnceThereIsSome() {
        TrafficFold fold = OneMinute.of().fold();

        assertThat(fold.learned(fold.initial())).isEmpty();
        assertThat(fold.learned(learned(fold.initial(), true)))
                .isEqualTo(Map.of("freeFlowSpeedKmh", 48.0, "slowSpeedKmh", 30.0));
    }

    /** 48 km/h where it flows, 30 for the slowest one in twenty: 1.6; at 24 km/h it takes twice as long. */
    @ParameterizedTest
    @CsvSource({"false, provisional", "true, learned"})
    void withoutAConfiguredFreeFlowSpeedTheLearnedOneCounts(boolean byNight, String baseline) {
        Detector unknown = STREET.learning();
        OneMinute minute = OneMinute.of(unknown);
        TrafficSummary summary = minute.summary(learned(minute.fold().initial(), byNight), unknown.reads(END, 20, 24));

        assertThat(summary.freeFlowSpeedKmh()).isEqualTo(48);
        assertThat(summary.baseline()).isEqualTo(baseline);
        assertThat(summary.speedRatio()).isEqualTo(0.5);
        assertThat(summary.travelTimeIndex()).isEqualTo(2);
        assertThat(summary.planningTimeIndex()).isEqualTo(1.6);
    }

    @Test
    void aConfiguredFreeFlowSpeedGoesBeforeTheLearnedOne() {
        OneMinute minute = OneMinute.of(STREET);
        TrafficSummary summary = minute.summary(learned(minute.fold().initial(), true), STREET.reads(END, 20, 25));

        assertThat(summary.freeFlowSpeedKmh()).isEqualTo(50);
        assertThat(summary.baseline()).isEqualTo("configured");
        assertThat(summary.speedRatio()).isEqualTo(0.5);
    }

    @Test
    void whereNothingIsLearnedYetNothingIsHeldAgainstIt() {
        Detector unknown = STREET.learning();
        TrafficSummary summary = OneMinute.of(unknown).summary(unknown.reads(END, 20, 24));

        assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(24);
        assertThat(summary.freeFlowSpeedKmh()).isNull();
        assertThat(summary.baseline()).isNull();
        assertThat(summary.speedRatio()).isNull();
        assertThat(summary.travelTimeIndex()).isNull();
        assertThat(summary.planningTimeIndex()).isNull();
        assertThat(summary.congestionLevelPercent()).isNull();
        assertThat(summary.levelOfService()).isNull();
    }

    /** 30 vehicles at 40 instead of 80 km/h need 1/80 h longer for each kilometre: 0.375 veh-h. */
    @Test
    void vehiclesLoseTimeOverTheLengthOfTheSegment() {
        Detector loop = Detector.onFreeway(SEGMENT, 80);
        Observation slow = loop.reads(END, 30, 40);

        assertThat(OneMinute.of(loop.registeredFor(1000)).summary(slow).vehicleDelayVehH())
                .isEqualTo(0.375);
        assertThat(OneMinute.of(loop).summary(slow).vehicleDelayVehH()).isNull();
    }

    /** Free flow of 50 km/h is 31 mph: more than half of it, at most two thirds, is level C. */
    @Test
    void serviceIsToldByDensityOnAFreewayAndBySpeedOnAStreet() {
        assertThat(OneMinute.of(STREET).summary(STREET.reads(END, 20, 30)).levelOfService())
                .isEqualTo("C");
        assertThat(OneMinute.of(STREET).summary(STREET.reads(END, 0, 0)).levelOfService())
                .as("no speed")
                .isNull();
        assertThat(OneMinute.of(LOOP).summary(LOOP.reads(END, Double.NaN, 50)).levelOfService())
                .as("no density")
                .isNull();
        assertThat(OneMinute.of(LOOP).summary(LOOP.reads(END, 10, 100)).levelOfService())
                .as("6 veh/km")
                .isEqualTo("A");
    }

    @Test
    void trustIsThatOfTheLeastTrusted() {
        assertThat(OneMinute.of(LOOP).summary(LOOP.reads(END, 10, 50)).trust()).isEqualTo(1);
        assertThat(OneMinute.of(LOOP).summary().trust()).as("nobody was heard").isNull();
    }

    /** Of a reading over five minutes only the one in which it ends. */
    @Test
    void aMinuteTeachesOnceItsReadingHasEnded() {
        OneMinute minute = OneMinute.of(LOOP);
        TrafficState initial = minute.fold().initial();

        assertThat(samples(minute.step(initial, LOOP.reads(END, 300, 0, 50, 90, 0.1))
                        .state()))
                .isEqualTo(1);
        assertThat(samples(minute.step(initial, LOOP.reads(minute(2), 300, 0, 50, 90, 0.1))
                        .state()))
                .isZero();
        assertThat(samples(minute.step(initial, LOOP.reads(END, 0, 0)).state()))
                .as("no speed")
                .isZero();
    }

    private static int samples(TrafficState state) {
        return state.freeFlow().all().size();
    }

    @Test
    void withItsSensorsGoesWhatWasLearnedOfASegment() {
        Sensor registered = LOOP.registered();
        OneMinute minute = OneMinute.of(registered).with(registered.asRetired().withVersion(2, START));
        var step = minute.step(learned(minute.fold().initial(), true), LOOP.reads(END, 10, 50));

        assertThat(step.state())
                .usingRecursiveComparison()
                .isEqualTo(minute.fold().initial());
        assertThat(minute.fold().learned(step.state())).isEmpty();
        assertThat(step.summary()).isNotNull();
        assertThat(minute.fold().retiredSince(SEGMENT)).isEqualTo(START.toEpochMilli());
        assertThat(OneMinute.of(LOOP).fold().retiredSince(SEGMENT)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEpisodeEndsWithItsSensors() {
        Sensor registered = LOOP.registered();
        TrafficCity city = drives(TrafficCity.withDefaultRules().with(registered), LOOP, 4, 10, 30);
        city.with(registered.asRetired().withVersion(2, minute(6)));
        city.clock(minute(6).plusSeconds(1));
        city.receives(LOOP.reads(minute(7), 10, 30));
        city.clock(minute(10));

        assertThat(city.events()).extracting(CityEvent::transition).startsWith(Transition.OPENED);
        assertThat(city.events().get(city.events().size() - 1).endedAt()).isEqualTo(minute(6));
    }

    @Test
    void whatIsOpenCanBeAskedFor() {
        OneMinute minute = OneMinute.of(LOOP).with(RuleCodec.defaultRules().get(0));
        TrafficFold fold = minute.fold();
        TrafficState state = fold.initial();
        for (int i = 0; i < 3; i++) {
            assertThat(fold.openEpisodes(state)).isEmpty();
            state = fold.next(
                            SEGMENT,
                            state,
                            minute(i),
                            Filled.pane(minute(i), minute(i + 1), LOOP.reads(minute(i + 1), 10, 30)))
                    .state();
        }

        assertThat(fold.openEpisodes(state)).singleElement().satisfies(open -> {
            assertThat(open.startedAt()).isEqualTo(START);
            assertThat(open.subject().id()).isEqualTo(SEGMENT);
        });
    }

    /** Of congestion on a corridor the corridor decides, if the registry says where on it the segment lies. */
    @Test
    void aSegmentWithAPlaceOnACorridorLeavesCongestionToIt() {
        assertThat(drives(TrafficCity.withDefaultRules().with(LOOP.registeredAt(1500)), LOOP, 5, 10, 30)
                        .events())
                .isEmpty();
        assertThat(drives(TrafficCity.withDefaultRules().with(LOOP.registered()), LOOP, 5, 10, 30)
                        .events())
                .isNotEmpty();
    }

    /** Registered by nobody, it has no city. */
    @Test
    void aStandstillIsToldOfAnySegment() {
        TrafficCity city = drives(TrafficCity.withDefaultRules(), LOOP, 5, 0, Double.NaN);

        assertThat(city.events().get(0).cityId()).isEmpty();
        assertThat(city.events().get(0).summary()).isEqualTo("Traffic on a stands");
        assertThat(drives(TrafficCity.withDefaultRules().with(LOOP.registered()), LOOP, 5, 0, Double.NaN)
                        .events()
                        .get(0)
                        .cityId())
                .isEqualTo("testville");
    }

    private static Rule slow() throws Exception {
        return RuleCodec.readDocument(
                        "{id: slow, kind: threshold, metric: traffic.spaceMeanSpeedKmh, aggregate: last, window: PT1M, "
                                + "slide: PT1M, enter: {below: 40, for: PT1M}, exit: {above: 45, for: PT1M}}")
                .get(0)
                .withVersion(1, Instant.EPOCH);
    }

    @Test
    void aThresholdOnACorridorIsDecidedByTheSegmentAndRestsOnItsSensors() throws Exception {
        TrafficCity city = drives(
                new TrafficCity(PaneTiming.TRAFFIC)
                        .with(LOOP.registeredAt(1500))
                        .with(slow()),
                LOOP,
                2,
                10,
                30);

        JsonNode evidence = city.events().get(0).evidence();
        assertThat(evidence.path("observed").path("value").asDouble()).isEqualTo(30);
        assertThat(evidence.path("completeness").asDouble()).isEqualTo(1);
        assertThat(evidence.path("sensors").path(0).path("sensorId").asText()).isEqualTo("loop-a");
    }

    /** Two vehicles at a red light. */
    @ParameterizedTest
    @CsvSource({"2, 0", "3, 1"})
    void aThresholdOnSpeedTooNeedsThreeMatchedVehicles(int matched, int events) throws Exception {
        OneMinute minute = OneMinute.of(BLUETOOTH).with(slow());

        assertThat(minute.step(minute.fold().initial(), BLUETOOTH.reads(END, matched, 10))
                        .events())
                .hasSize(events);
    }

    @Test
    void aStepOfRegistryOrRulesChangesTheirFingerprint() {
        OneMinute minute = OneMinute.of(LOOP);
        long before = minute.fold().controlFingerprint(SEGMENT, END);
        minute.with(RuleCodec.defaultRules().get(0));
        long withRule = minute.fold().controlFingerprint(SEGMENT, END);
        minute.with(LOOP.named("loop-b").registered());

        assertThat(withRule).isNotEqualTo(before);
        assertThat(minute.fold().controlFingerprint(SEGMENT, END)).isNotIn(before, withRule);
    }

    /** A correction is told only if the hash has changed: nothing that people see may be missing in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "final",
                "readingCount",
                "vehicleFlowPerHour",
                "spaceMeanSpeedKmh",
                "occupancy",
                "densityVehKmLane",
                "freeFlowSpeedKmh",
                "baseline",
                "speedRatio",
                "travelTimeIndex",
                "planningTimeIndex",
                "vehicleDelayVehH",
                "levelOfService",
                "completeness",
                "trust",
                "corridorId",
                "cityId"
            })
    void whateverChangesInASummaryChangesItsHash(String field) throws Exception {
        OneMinute minute = OneMinute.of(LOOP.registeredFor(1000));
        TrafficSummary told =
                minute.summary(learned(minute.fold().initial(), true), LOOP.reads(END, 60, 0, 20, 40, 0.2));
        ObjectNode changed = JsonCodec.internal().valueToTree(told);
        JsonNode value = changed.required(field);
        if (value.isBoolean()) {
            changed.put(field, !value.asBoolean());
        } else if (value.isTextual()) {
            changed.put(field, value.asText() + "x");
        } else if (value.isInt()) {
            changed.put(field, value.asInt() + 1);
        } else {
            changed.put(field, value.asDouble() + 0.01);
        }
        TrafficSummary other = JsonCodec.internal().treeToValue(changed, TrafficSummary.class);

        assertThat(other).isNotEqualTo(told);
        assertThat(minute.fold().contentHash(other)).isNotEqualTo(minute.fold().contentHash(told));
        assertThat(minute.fold().contentHash(told.revised(1, told.isFinal())))
                .isEqualTo(minute.fold().contentHash(told));
    }

    @Test
    void whoContributedAndWhoWasLeftOutIsPartOfTheHash() {
        OneMinute both = OneMinute.of(LOOP.registered(), LOOP.named("loop-b").registered());
        TrafficFold fold = both.fold();
        long first = fold.contentHash(both.summary(LOOP.reads(END, 10, 50)));
        long other = fold.contentHash(both.summary(LOOP.named("loop-b").reads(END, 10, 50)));
        Observation tooFast = LOOP.named("loop-b").reads(END, 10, 240);

        assertThat(other).isNotEqualTo(first);
        assertThat(fold.contentHash(both.summary(tooFast)))
                .isNotEqualTo(fold.contentHash(both.summary(LOOP.reads(END, 10, 240))));
    }

    @Test
    void theStateSurvivesItsBytesAndRefusesThoseOfAnotherFormat() throws Exception {
        OneMinute minute = OneMinute.of(LOOP).with(RuleCodec.defaultRules().get(0));
        TrafficState state = minute.step(minute.fold().initial(), LOOP.reads(END, 60, 0, 20, 30, 0.2))
                .state();
        Codec<TrafficState> codec = minute.fold().codec();
        byte[] bytes = Written.bytes(codec, state);

        assertThat(Written.through(out -> codec.write(state, out), codec::read))
                .usingRecursiveComparison()
                .isEqualTo(state);
        assertThat(codec.copy(state)).as("it is immutable").isSameAs(state);

        bytes[0]--;
        assertThatThrownBy(() -> codec.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("traffic state has format 3");
    }
}
