package org.citystream.jobs.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.jobs.rule.RunningJob.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.citystream.jobs.airquality.AirQualityJob;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules that change while the air-quality job runs. */
class AirRulesTest {
    private static final String THRESHOLD = """
            id: %s
            kind: threshold
            scope: {%s}
            metric: air.%s
            aggregate: %s
            window: PT%dH
            slide: PT1H
            enter: {%s}
            exit: {%s}
            """;

    @RegisterExtension
    static final RunningJob city =
            new RunningJob(AirQualityJob::wire, Topics.READINGS_AIR, Topics.SUMMARIES_AIR, Duration.ofHours(1));

    @Test
    void thresholdsHoldForAnyFieldOfASummary() throws Exception {
        station("limits", "");
        String here = "stations: [limits]";
        city.apply(THRESHOLD.formatted("limits-pm", here, "pm25UgM3", "mean", 3, "above: 50", "below: 20"));
        city.apply(THRESHOLD.formatted("limits-wind", here, "windSpeedMs", "max", 2, "below: 2", "above: 4"));
        city.apply(THRESHOLD.formatted("limits-index", here, "europeanIndex", "last", 1, "above: 3.5", "below: 3.5"));
        city.apply(THRESHOLD.formatted("limits-cold", here, "temperatureC", "min", 1, "below: 0", "above: 3"));
        hours(6, 80, 1, "limits");

        await(() -> assertThat(city.openRules("limits")).containsExactly("limits-index", "limits-pm", "limits-wind"));
        hours(6, 8, 5, "limits");
        await(() -> assertThat(city.openRules("limits")).isEmpty());
        assertThat(city.events("limits-cold")).isEmpty();
    }

    @Test
    void rulesCoverTheStationsInTheirScope() throws Exception {
        station("scope-kerb", ",'setting':'traffic','location':{'latitude':57.1,'longitude':12.1}");
        station("scope-park", ",'setting':'urban','location':{'latitude':57.2,'longitude':12.2}");
        station("other-hill", ",'setting':'rural','location':{'latitude':57.9,'longitude':12.9}");
        Map<String, String> scopes = Map.of(
                "stations", "stations: [\"scope-*\"]",
                "settings", "settings: [traffic, rural]",
                "both", "settings: [traffic, rural], stations: [\"*-hill\"]",
                "polygon", "polygon: [[12.0, 57.0], [12.3, 57.0], [12.3, 57.3], [12.0, 57.3]]");
        for (Map.Entry<String, String> scope : scopes.entrySet()) {
            city.apply(THRESHOLD.formatted(
                    "scope-" + scope.getKey(), scope.getValue(), "pm25UgM3", "last", 1, "above: 50", "below: 20"));
        }
        hours(3, 80, 3, "scope-kerb", "scope-park", "other-hill");

        await(() -> assertThat(covered("stations")).containsExactly("scope-kerb", "scope-park"));
        await(() -> assertThat(covered("settings")).contains("other-hill", "scope-kerb"));
        await(() -> assertThat(covered("both")).containsExactly("other-hill"));
        await(() -> assertThat(covered("polygon")).containsExactly("scope-kerb", "scope-park"));
        assertThat(covered("settings")).doesNotContain("scope-park");
    }

    private static Set<String> covered(String name) {
        return city.subjects("scope-" + name);
    }

    @Test
    void aChangedLimitEndsTheEpisodeAtTheHourItHoldsFrom() throws Exception {
        station("limit", "");
        String rule = "{id: limit-no2, kind: air-exceedance, scope: {stations: [limit]}, pollutant: no2, "
                + "above: %d ug/m3, consecutive-hours: 2}";
        city.apply(rule.formatted(30));
        hours(4, 10, 3, "limit");
        await(() -> assertThat(city.events("limit-no2"))
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED));

        Rule second = city.apply(rule.formatted(300));
        hours(3, 10, 3, "limit");

        Instant nextHour = second.effectiveFrom().plus(Duration.ofMinutes(57));
        await(() -> assertThat(city.events("limit-no2")).hasSize(2).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.reason()).isEqualTo("rule-changed");
            assertThat(event.endedAt())
                    .as("an hour that has begun is decided by the version it began with")
                    .isEqualTo(nextHour);
        }));
    }

    @Test
    void neighboursAboveALimitTogetherAreAnEpisodeOfTheirDistrict() throws Exception {
        station("near-1", ",'location':{'latitude':57.1,'longitude':12.1}");
        station("near-2", ",'location':{'latitude':57.1,'longitude':12.15}");
        station("far-1", ",'location':{'latitude':57.9,'longitude':12.9}");
        city.apply("{id: near-pm, kind: air-exceedance, scope: {stations: [near-*, far-*]}, pollutant: pm25, "
                + "above: 50 ug/m3, consecutive-hours: 2}");
        hours(3, 80, 3, "near-1", "near-2", "far-1");
        await(() -> assertThat(city.events("near-pm", "testville"))
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED));
        hours(1, 8, 3, "near-1", "near-2", "far-1");

        await(() -> assertThat(city.events("near-pm", "testville"))
                .hasSize(2)
                .last()
                .satisfies(event -> {
                    assertThat(event.subject().type()).isEqualTo(SubjectType.DISTRICT);
                    assertThat(event.transition()).isEqualTo(Transition.CLOSED);
                    assertThat(event.evidence().findValuesAsText("stationId"))
                            .contains("near-1", "near-2")
                            .doesNotContain("far-1");
                }));
        assertThat(city.subjects("near-pm")).containsExactly("far-1", "near-1", "near-2", "testville");
    }

    @Test
    void meansOfEightHoursAndRisesAreHeldAgainstTheirRules() throws Exception {
        station("look-back", "");
        String here = "scope: {stations: [look-back]}";
        city.apply("{id: back-8h, kind: air-exceedance, " + here + ", pollutant: pm25, above: 15 ug/m3, averaging: 8h, "
                + "consecutive-hours: 1}");
        city.apply("{id: back-rise, kind: air-rapid-rise, " + here + ", pollutant: pm25, "
                + "rise: {at-least: 20 ug/m3, within: PT1H, sigmas: 4}}");
        hours(10, 10, 3, "look-back");
        hours(1, 60, 3, "look-back");

        await(() -> assertThat(city.openRules("look-back")).containsExactly("back-8h", "back-rise"));
        assertThat(city.events("back-8h")).singleElement().satisfies(event -> {
            assertThat(event.startedAt()).isEqualTo(city.now().minus(Duration.ofHours(1)));
            assertThat(event.evidence().path("observed").path("averaging").asText())
                    .isEqualTo("8h");
        });
        assertThat(city.events("back-rise"))
                .singleElement()
                .satisfies(event -> assertThat(event.summary()).startsWith("PM2.5 at look-back rises by"));
    }

    @Test
    void aRiseThatStandsOutIsToldAndEndsWithTheRise() throws Exception {
        station("rise", "");
        city.apply("{id: rise-pm, kind: air-rapid-rise, scope: {stations: [rise]}, pollutant: pm25, "
                + "rise: {at-least: 20 ug/m3, within: PT3H, sigmas: 4}}");
        hours(16, 10, 3, "rise");
        for (int pm25 : new int[] {20, 31, 45}) {
            hours(1, pm25, 3, "rise");
        }
        Instant risen = city.now();
        hours(5, 45, 3, "rise");

        await(() -> assertThat(city.events("rise-pm"))
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.CLOSED));
        CityEvent opened = city.events("rise-pm").get(0);
        assertThat(opened.at()).isBeforeOrEqualTo(risen);
        assertThat(opened.summary()).startsWith("PM2.5 at rise rises by");
        assertThat(opened.evidence().path("observed").path("value").asDouble()).isGreaterThanOrEqualTo(20);
    }

    // ---- the city ----------------------------------------------------------------------------------------------

    private static void station(String name, String attributes) {
        city.register(
                "'sensorId':'" + name + "','kind':'air','cityId':'testville','expectedIntervalSeconds':3600"
                        + attributes,
                Instant.EPOCH);
    }

    private static void hours(int hours, int pm25, int windSpeed, String... stations) {
        city.pass(
                hours,
                hour -> "'pm25UgM3':" + (pm25 + 0.1 * (hour % 7)) + ",'no2UgM3':" + (40 + 0.1 * (hour % 5))
                        + ",'temperatureC':" + (6 + 0.1 * (hour % 6)) + ",'windSpeedMs':"
                        + (windSpeed + 0.1 * (hour % 4)),
                stations);
    }
}
