package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.citystream.analytics.pane.Filled;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneFold.Step;
import org.citystream.analytics.pane.Written;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Averaging;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registry says of a station, and what an hour says to its district. */
class AirFoldRegistryTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant NINE = EIGHT.plus(AirFold.PANE);
    private static final String STATION = "\"kind\":\"air\",\"cityId\":\"lindholm\",\"name\":\"Harbour\","
            + "\"setting\":\"traffic\",\"expectedIntervalSeconds\":300,\"attributes\":{\"district\":\"docks\"}";

    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final AirFold fold = new AirFold(sensors, rules);

    private void registered(int version, Instant from, boolean retired) {
        String json = "{\"sensorId\":\"air-1\"," + STATION + ",\"retired\":" + retired + ",\"version\":" + version
                + ",\"effectiveFrom\":\"" + from + "\"}";
        sensors.apply(JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), Sensor.class));
    }

    private Step<AirState, AirHour> hour(AirState state, Instant start, Object... fieldsAndValues) {
        Observation reading = AirObservations.of(
                "air-1",
                "air-1",
                start.plus(AirFold.PANE).toEpochMilli(),
                AirFold.PANE.toMillis(),
                null,
                0,
                StationValues.of(fieldsAndValues));
        return fold.next("air-1", state, start, Filled.pane(start, start.plus(AirFold.PANE), reading));
    }

    private static AirHour told(Step<AirState, AirHour> step) {
        return Objects.requireNonNull(step.summary());
    }

    @Test
    void placeAndSettingAreThoseOfTheRegistry() {
        registered(1, Instant.EPOCH, false);
        AirQualitySummary summary =
                told(hour(fold.initial(), EIGHT, "no2UgM3", 30)).summary();
        assertThat(summary.stationId()).isEqualTo("air-1");
        assertThat(summary.cityId()).isEqualTo("lindholm");
        assertThat(summary.setting()).isEqualTo("traffic");
        assertThat(fold.readingsTopic()).isEqualTo("city.readings.air.v1");
    }

    @Test
    void silenceIsThreeUploadIntervalsAndThreeHoursOfAStranger() {
        assertThat(fold.silentAfterMillis("air-1", EIGHT)).isEqualTo(3 * 3_600_000L);
        registered(1, Instant.EPOCH, false);
        assertThat(fold.silentAfterMillis("air-1", EIGHT)).isEqualTo(900_000L);
    }

    /** One silent hour, or those that the calendar day still has. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:00:00Z, 15",
        "2026-11-23T21:00:00Z, 2",
        "2026-11-23T22:00:00Z, 1",
        "2026-11-23T23:00:00Z, 1"
    })
    void hoursAreExpectedUntilTheDayIsOver(Instant start, int hours) {
        assertThat(fold.expectedAfter("air-1", start)).isEqualTo(hours);
    }

    @Test
    void aStepOfRegistryOrRulesChangesTheFingerprint() {
        long before = fold.controlFingerprint("air-1", NINE);
        registered(1, Instant.EPOCH, false);
        long withSensor = fold.controlFingerprint("air-1", NINE);
        RuleCodec.defaultRules().forEach(rules::apply);
        long withRules = fold.controlFingerprint("air-1", NINE);
        assertThat(withSensor).isNotEqualTo(before);
        assertThat(withRules).isNotIn(before, withSensor);

        fold.forget("air-1");
        assertThat(fold.controlFingerprint("air-1", NINE))
                .as("it is found again")
                .isEqualTo(withRules);
    }

    @Test
    void aStationThatIsRetiredEndsItsAlarmsAndLearnsNothing() {
        RuleCodec.defaultRules().forEach(rules::apply);
        registered(1, Instant.EPOCH, false);
        AirState state = hour(fold.initial(), EIGHT, "o3UgM3", 250).state();
        assertThat(fold.openEpisodes(state)).isNotEmpty().allSatisfy(event -> {
            assertThat(event.cityId()).isEqualTo("lindholm");
            assertThat(event.subject().name()).isEqualTo("Harbour");
        });

        registered(2, NINE, true);
        Step<AirState, AirHour> step = hour(state, NINE, "o3UgM3", 250);
        assertThat(step.state()).isEqualTo(fold.initial());
        assertThat(step.events())
                .hasSameSizeAs(fold.openEpisodes(state))
                .extracting(CityEvent::transition)
                .containsOnly(Transition.CLOSED);
        assertThat(fold.retiredSince("air-1")).isEqualTo(NINE.toEpochMilli());
        assertThat(fold.silence("air-1", state, NINE, NINE.plus(AirFold.PANE)).events())
                .as("nor does it go stale")
                .extracting(CityEvent::transition)
                .containsOnly(Transition.CLOSED);
    }

    @Test
    void aSilentStationsAlarmsStayUnderTheirRules() {
        RuleCodec.defaultRules().forEach(rules::apply);
        registered(1, Instant.EPOCH, false);
        AirState state = hour(fold.initial(), EIGHT, "o3UgM3", 250).state();
        assertThat(fold.silence("air-1", state, NINE, NINE.plus(AirFold.PANE)).events())
                .extracting(CityEvent::transition)
                .doesNotContain(Transition.CLOSED);
    }

    @Test
    void theStateSurvivesItsBytes() throws Exception {
        RuleCodec.defaultRules().forEach(rules::apply);
        AirState state =
                hour(fold.initial(), EIGHT, "o3UgM3", 250, "pm25UgM3", 999).state();
        byte[] bytes = Written.bytes(fold.codec(), state);
        AirState read = Written.through(out -> fold.codec().write(state, out), fold.codec()::read);
        assertThat(Written.bytes(fold.codec(), read)).isEqualTo(bytes);
        assertThat(read.repeats()).isEqualTo(state.repeats());
        assertThat(fold.openEpisodes(read)).hasToString(fold.openEpisodes(state).toString());
        assertThat(fold.codec().copy(state)).as("it is immutable").isSameAs(state);
    }

    // ---- to the district ---------------------------------------------------------------------------------------

    @Test
    void onlyAFinalHourIsToldToTheDistrict() {
        registered(1, Instant.EPOCH, false);
        AirHour hour = told(hour(fold.initial(), EIGHT, "no2UgM3", 70));
        assertThat(fold.part(fold.revised(hour, 1, false))).isNull();
        Observation part = Objects.requireNonNull(fold.part(fold.revised(hour, 2, true)));
        assertThat(part.sensorId()).isEqualTo("air-1");
        assertThat(part.number()).isEqualTo(2);

        StationHour arrived = StationHour.of(Filled.part(part), EIGHT, ZoneOffset.UTC);
        assertThat(arrived.level(AirIndex.EUROPEAN)).isEqualTo(4);
        assertThat(arrived.level(AirIndex.US_AQI)).isEqualTo(1);
        assertThat(arrived.averages().mean(Averaging.HOUR, Pollutant.NO2))
                .hasValueSatisfying(mean -> assertThat(mean).isEqualByComparingTo("70"));
        assertThat(arrived.averages().mean(Averaging.HOUR, Pollutant.O3)).isEmpty();
        assertThat(arrived.averages().isLowerBound(Averaging.HOUR, Pollutant.NO2))
                .isFalse();
        assertThat(arrived.day()).isNull();
        assertThat(arrived.silent()).isFalse();
    }

    @Test
    void anHourWithoutAnyIndexArrivesWithoutOne() {
        registered(1, Instant.EPOCH, false);
        AirHour hour = fold.revised(told(hour(fold.initial(), EIGHT, "temperatureC", 4)), 1, true);
        StationHour arrived =
                StationHour.of(Filled.part(Objects.requireNonNull(fold.part(hour))), EIGHT, ZoneOffset.UTC);
        assertThat(arrived.level(AirIndex.EUROPEAN)).isNull();
        assertThat(arrived.level(AirIndex.US_AQI)).isNull();
    }

    @Test
    void aStationThatIsNotRegisteredHasNoDistrict() {
        AirHour hour = fold.revised(told(hour(fold.initial(), EIGHT, "no2UgM3", 70)), 1, true);
        assertThat(fold.part(hour)).isNull();
        assertThat(hour.summary().cityId()).isNull();
    }
}
