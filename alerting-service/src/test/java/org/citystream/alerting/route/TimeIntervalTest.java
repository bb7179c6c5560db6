package org.citystream.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-11-23 is a Monday. */
class TimeIntervalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    times: [{start-time: "08:00", end-time: "17:00"}]  | 2026-11-23T07:59:59Z | false
                    times: [{start-time: "08:00", end-time: "17:00"}]  | 2026-11-23T08:00:00Z | true
                    times: [{start-time: "08:00", end-time: "17:00"}]  | 2026-11-23T16:59:59Z | true
                    times: [{start-time: "08:00", end-time: "17:00"}]  | 2026-11-23T17:00:00Z | false
                    times: [{start-time: "22:00", end-time: "24:00"}]  | 2026-11-23T23:59:59Z | true
                    weekdays: ["monday:friday"]                        | 2026-11-27T23:59:59Z | true
                    weekdays: ["monday:friday"]                        | 2026-11-28T00:00:00Z | false
                    weekdays: ["saturday:monday"]                      | 2026-11-29T12:00:00Z | true
                    weekdays: ["saturday:monday"]                      | 2026-11-23T12:00:00Z | true
                    weekdays: ["saturday:monday"]                      | 2026-11-24T12:00:00Z | false
                    weekdays: ["Sun"]                                  | 2026-11-29T12:00:00Z | true
                    days-of-month: ["1:5"]                             | 2026-11-05T12:00:00Z | true
                    days-of-month: ["1:5"]                             | 2026-11-06T12:00:00Z | false
                    days-of-month: ["-1"]                              | 2026-02-28T12:00:00Z | true
                    days-of-month: ["-1"]                              | 2028-02-28T12:00:00Z | false
                    days-of-month: ["-1"]                              | 2028-02-29T12:00:00Z | true
                    days-of-month: ["25:-1"]                           | 2026-11-30T12:00:00Z | true
                    days-of-month: ["31"]                              | 2026-11-30T12:00:00Z | false
                    months: ["november:january"]                       | 2026-12-15T12:00:00Z | true
                    months: ["november:january"]                       | 2026-02-15T12:00:00Z | false
                    months: ["11"]                                     | 2026-11-15T12:00:00Z | true
                    years: ["2026:2027"]                               | 2027-12-31T23:59:59Z | true
                    years: ["2026:2027"]                               | 2028-01-01T00:00:00Z | false
                    dates: ["2026-12-24:2026-12-26"]                   | 2026-12-26T23:59:59Z | true
                    dates: ["12-24:01-02"]                             | 2027-01-02T12:00:00Z | true
                    dates: ["12-24:01-02"]                             | 2027-01-03T12:00:00Z | false
                    dates: [feast]                                     | 2026-06-05T12:00:00Z | true
                    except-dates: [feast]                              | 2026-06-05T12:00:00Z | false
                    except-dates: [feast]                              | 2026-06-06T12:00:00Z | true
                    """)
    void aMomentLiesInItOrNot(String interval, String at, boolean inside) throws Exception {
        assertThat(mutedAt(interval, at)).isEqualTo(inside);
    }

    /** Clocks go back on 2026-10-25 at 03:00 in Copenhagen, and forward on 2027-03-28 at 02:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-24T22:30:00Z, true",
        "2026-10-25T00:30:00Z, true",
        "2026-10-25T01:30:00Z, true",
        "2026-10-25T02:30:00Z, false",
        "2027-03-28T00:30:00Z, true",
        "2027-03-28T01:00:00Z, false",
        "2026-07-01T00:59:59Z, true",
        "2026-07-01T01:00:00Z, false",
        "2026-12-01T01:59:59Z, true",
        "2026-12-01T02:00:00Z, false",
    })
    void itFollowsTheClocksOfItsPlace(String at, boolean inside) throws Exception {
        String untilThree = "{times: [{start-time: \"00:00\", end-time: \"03:00\"}], location: Europe/Copenhagen}";

        assertThat(mutedAt(untilThree, at)).isEqualTo(inside);
    }

    private static boolean mutedAt(String interval, String at) throws InvalidRoutesException {
        String flow = interval.startsWith("{") ? interval : "{" + interval + "}";
        Routes routes = RoutesReader.read("""
                holidays: {feast: ["06-05"]}
                time-intervals: [{name: quiet, time-intervals: [%s]}]
                route: {receiver: desk, mute-time-intervals: [quiet]}
                """.formatted(flow));
        return routes.muted(routes.root(), Instant.parse(at)).isPresent();
    }
}
