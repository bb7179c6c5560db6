package org.citystream.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                              | route: is required
                    route: {}                                                       | route.receiver: is required
                    route: [desk]                                                   | route: must be a mapping
                    route: {receiver: desk, recevier: x}                            | route.recevier: is not known here
                    route: {receiver: desk, matchers: [a=b]}                        | route.matchers: the root takes every alert
                    route: {receiver: desk, group-wait: 30s}                        | route.group-by: is required with group-wait
                    route: {receiver: desk, group-by: [a, '...']}                   | route.group-by: '...' stands alone
                    route: {receiver: desk, group-by: [a], group-wait: soon}        | route.group-wait: 'soon' is not a duration
                    route: {receiver: desk, group-by: [a], group-interval: 0s}      | route.group-interval: must be above zero
                    route: {receiver: desk, group-by: [a], repeat-interval: 0}      | route.repeat-interval: must be above zero
                    route: {receiver: desk, group-by: [a], repeat-interval: 367d}   | route.repeat-interval: '367d' is longer than 366d
                    route: {receiver: desk, group-by: [a], repeat-interval: 300000y}| route.repeat-interval: '300000y' is longer than 366d
                    route: {receiver: desk, group-by: [a], group-wait: PT9000H}     | route.group-wait: 'PT9000H' is longer than 366d
                    route: {receiver: desk, group-by: [a], group-wait: -PT1H}       | route.group-wait:
                    route: {receiver: desk, group-by: [a], group-wait: PT-1H}       | route.group-wait: 'PT-1H' is negative
                    route: {receiver: desk, continue: perhaps}                      | route.continue: must be true or false
                    route: {receiver: desk, mute-time-intervals: [night]}           | route.mute-time-intervals: there is no time interval 'night'
                    route: {receiver: desk, escalation: [{after: 0s, receiver: x}]} | route.escalation[0].after: is required
                    route: {receiver: desk, escalation: [{after: 5m}]}              | route.escalation[0].receiver: is required
                    route: {receiver: desk, routes: [{matchers: [a]}]}              | route.routes[0].matchers[0]: 'a' is not a matcher
                    route: {receiver: desk, routes: [{name: n}, {name: n}]}         | route.routes[1].name: 'n' is there twice
                    {receivers: [{name: a}], route: {receiver: b}}                  | route.receiver: 'b' is not one of the receivers
                    {route: {receiver: a}, inhibit-rules: [{name: x}]}              | inhibit-rules[0]: needs source-matchers and target-matchers
                    {route: {receiver: a}, holidays: {h: ["13-45"]}}                | holidays.h: '13-45' is not a day
                    {route: {receiver: a}, route: {receiver: b}}                    | not YAML: Duplicate field 'route'
                    """)
    void whatIsWrongIsSaidWithItsPath(String yaml, String problem) {
        assertThatThrownBy(() -> RoutesReader.read(yaml))
                .isInstanceOf(InvalidRoutesException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "weekdays, noday, is not a day of the week",
        "months, brumaire, is not a month",
        "days-of-month, 0, is not a range within -31:31",
        "days-of-month, 5:3, is not a range within -31:31",
        "years, 0, is not a range within 1:9999",
        "dates, 2026-02-30, 2026-02-30",
        "location, Atlantis, Atlantis",
    })
    void aTimeIntervalThatIsNoneIsRefused(String field, String value, String problem) {
        String given = field.equals("location") ? value : "[\"" + value + "\"]";

        assertThatThrownBy(() -> RoutesReader.read("""
                        time-intervals: [{name: t, time-intervals: [{%s: %s}]}]
                        route: {receiver: desk}
                        """.formatted(field, given)))
                .isInstanceOf(InvalidRoutesException.class)
                .hasMessageContaining("time-intervals[0].time-intervals[0]." + field)
                .hasMessageContaining(problem);
    }

    @Test
    void aDurationBeyondWhatALongHoldsIsTooLong() {
        assertThatThrownBy(() -> RoutesReader.read(
                        "route: {receiver: desk, group-by: [a], group-wait: " + "999999y".repeat(293) + "}"))
                .isInstanceOf(InvalidRoutesException.class)
                .hasMessageContaining("is longer than 366d");
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertThatThrownBy(() -> RoutesReader.read("route: {receiver: desk, group-wait: soon, continue: 7, x: y}"))
                .hasMessageContaining("route.group-wait")
                .hasMessageContaining("route.continue")
                .hasMessageContaining("route.x");
    }

    @Test
    void aRouteInheritsWhatItDoesNotSay() throws Exception {
        Routes routes = RoutesReader.read("""
                route:
                  receiver: desk
                  group_by: [corridor]
                  group_wait: 1m30s
                  routes:
                    - matchers: [kind=incident]
                    - matchers: [kind=congestion]
                      receiver: traffic
                      group_by: none
                    - matchers: [kind=congestion]
                      repeat_interval: 2h
                """);

        List<Route> children = routes.root().children();
        assertThat(children).extracting(Route::receiver).containsExactly("desk", "traffic", "desk");
        assertThat(children)
                .extracting(Route::id)
                .containsExactly("{}/{kind=\"incident\"}", "{}/{kind=\"congestion\"}", "{}/{kind=\"congestion\"}#2");
        assertThat(children.get(0).grouping()).isEqualTo(routes.root().grouping());
        assertThat(children.get(1).grouping()).isNull();
        assertThat(children.get(2).grouping())
                .isEqualTo(new Grouping(
                        List.of("corridor"),
                        false,
                        Duration.ofSeconds(90),
                        Grouping.DEFAULT_INTERVAL,
                        Duration.ofHours(2)));
    }

    @Test
    void theHashChangesWithTheContentAndNotWithTheSpelling() throws Exception {
        String one = RoutesReader.read("route: {receiver: desk}").hash();

        assertThat(RoutesReader.read("# words\nroute:\n  receiver: \"desk\"\n").hash())
                .isEqualTo(one);
        assertThat(RoutesReader.read("route: {receiver: other}").hash()).isNotEqualTo(one);
    }
}
