package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.citystream.model.series.Series;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final String NINE_NS = "1795424400000000000";

    static final AirQualitySummary AIR = new AirQualitySummary(
            "air-07",
            "traffic",
            "lindholm",
            EIGHT,
            NINE,
            1,
            true,
            60,
            18.4,
            31.0,
            62.1,
            40.0,
            3.0,
            0.4,
            18.4,
            31.0,
            68,
            "moderate",
            "pm25",
            4,
            "no2",
            null,
            6.5,
            0.81,
            2.2,
            240.0,
            Map.of("24h", Map.of("pm25", 17.9)),
            null,
            null,
            Map.of("pm25", 1.0, "no2", 0.75));

    static final TrafficSummary TRAFFIC = new TrafficSummary(
            "lind ring,1",
            "ring",
            "lindholm",
            EIGHT,
            NINE,
            1,
            true,
            2,
            840.0,
            37.5,
            0.21,
            22.4,
            70.0,
            "configured",
            0.536,
            1.867,
            2.4,
            86.7,
            0.12,
            55.0,
            "D",
            1.0,
            1.0,
            List.of("loop-1"),
            null);

    static final CorridorSummary CORRIDOR = new CorridorSummary(
            "ring", "lindholm", EIGHT, NINE, 1, true, 6000, 412.5, 270.0, 1.528, 2.1, 3.4, 1500, 0.95);

    static final SensorHealth HEALTH =
            new SensorHealth("loop-1", "traffic", "lindholm", "stuck", 0.5, EIGHT, NINE, "repeats", null);

    @Test
    void anHourOfAStationIsOnePointAtItsEnd() {
        assertThat(Lines.of(AIR))
                .hasValue("air,city=lindholm,setting=traffic,station=air-07 co=0.4,completeness=0.875,"
                        + "european_index=4.0,no2=62.1,o3=40.0,pm10=31.0,pm10_nowcast=31.0,pm25=18.4,"
                        + "pm25_nowcast=18.4,relative_humidity=0.81,so2=3.0,temperature_c=6.5,us_aqi=68.0,"
                        + "wind_direction_deg=240.0,wind_speed_ms=2.2 " + NINE_NS);
    }

    @Test
    void aMinuteOfACorridorIsAPoint() {
        assertThat(Lines.of(CORRIDOR))
                .hasValue("corridor,city=lindholm,corridor=ring completeness=0.95,delay_veh_h=3.4,"
                        + "free_flow_travel_time_s=270.0,planning_time_index=2.1,queued_m=1500.0,"
                        + "travel_time_index=1.528,travel_time_s=412.5 " + NINE_NS);
    }

    @Test
    void namesAreEscaped() {
        assertThat(Lines.of(TRAFFIC).orElseThrow()).contains("segment=lind\\ ring\\,1 ");
    }

    @Test
    void healthAndEventsArePointsToo() {
        assertThat(Lines.of(HEALTH))
                .hasValue(
                        "sensor_health,city=lindholm,kind=traffic,sensor=loop-1 state=\"stuck\",trust=0.5 " + NINE_NS);
        assertThat(Lines.of(event()))
                .hasValue("events,city=lindholm,kind=air-exceedance,severity=severe,subject=air-07 "
                        + "transition=\"opened\",value=212.5 " + NINE_NS);
    }

    @Test
    void everyNameIsInTheCatalogue() {
        Stream.of(Lines.of(AIR), Lines.of(TRAFFIC), Lines.of(CORRIDOR), Lines.of(HEALTH), Lines.of(event()))
                .forEach(line -> {
                    String[] parts = line.orElseThrow().replace("\\ ", "").split(" ");
                    Series series = Series.ALL.stream()
                            .filter(each -> parts[0].startsWith(each.measurement() + ","))
                            .findFirst()
                            .orElseThrow();
                    assertThat(names(parts[0].replace("\\,", "")).skip(1)).isSubsetOf(series.tags());
                    assertThat(names(parts[1]))
                            .containsExactlyInAnyOrderElementsOf(series.fields().keySet());
                });
    }

    private static Stream<String> names(String assignments) {
        return Stream.of(assignments.split(",")).map(each -> each.split("=")[0]);
    }

    static CityEvent event() {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        evidence.putObject("observed").put("value", 212.5).put("unit", "µg/m³");
        return new CityEvent(
                "e1",
                "ep1",
                1,
                RuleKind.AIR_EXCEEDANCE,
                Transition.OPENED,
                Severity.SEVERE,
                "lindholm",
                new Subject(SubjectType.STATION, "air-07", null),
                EIGHT,
                NINE,
                null,
                null,
                null,
                "dwell-completed",
                new RuleReference("no2-alert", 1, "", RuleMode.ACTIVE),
                null,
                "NO2 above 200",
                null,
                evidence);
    }
}
