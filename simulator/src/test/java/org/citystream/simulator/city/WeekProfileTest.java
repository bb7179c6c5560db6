package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekProfileTest {
    /** A peak at eight on weekdays, half of one at noon on weekends. */
    private static final WeekProfile PROFILE = new WeekProfile(peak(8, 1), peak(12, 0.5));

    private static List<Double> peak(int hour, double share) {
        List<Double> shares = new ArrayList<>(Collections.nCopies(24, 0.1));
        shares.set(hour, share);
        return shares;
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:00:00, 1",
        "2026-11-27T08:00:00, 1",
        "2026-11-28T08:00:00, 0.1",
        "2026-11-29T12:00:00, 0.5",
        "2026-11-23T12:00:00, 0.1",
        "2026-11-23T07:30:00, 0.55",
        "2026-11-23T08:15:00, 0.775"
    })
    void demandIsThatOfTheLocalHourAndTheKindOfDay(String local, double share) {
        ZonedDateTime at = ZonedDateTime.parse(local + "+01:00[Europe/Copenhagen]");
        assertThat(PROFILE.shareAt(at)).isCloseTo(share, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1, 09:00, 1", "-2, 06:00, 1", "0.5, 08:00, 0.55", "0.5, 09:00, 0.55", "24, 08:00, 1"})
    void peaksCanBeMoved(double hoursLater, String local, double share) {
        ZonedDateTime at = ZonedDateTime.parse("2026-11-24T" + local + ":00+01:00[Europe/Copenhagen]");
        assertThat(PROFILE.later(hoursLater).shareAt(at)).isCloseTo(share, within(1e-9));
    }
}
