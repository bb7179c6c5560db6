package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Hampel identifier: six scaled median deviations from the median, and an absolute bound. */
class RecentTest {
    private static final double BOUND = 25;

    private static Recent after(double... values) {
        return new Recent("pm25UgM3", DoubleStream.of(values).boxed().toList(), List.of());
    }

    /** The scatter is 0 in the first, 10 in the second (six of it: 88.956), 15 in the third (133.434). */
    @ParameterizedTest
    @CsvSource({
        "10 10 10 10 10, 35, false",
        "10 10 10 10 10, 35.1, true",
        "10 10 10 10 10, -15, false",
        "10 10 10 10 10, -15.1, true",
        "50 40 30 20 10, 118.9, false",
        "50 40 30 20 10, 119, true",
        "10 20 30 40 50 60, 168.4, false",
        "10 20 30 40 50 60, 168.5, true",
        "10 10 10 10, 900, false",
    })
    void aValueStandsApartBeyondBothBounds(String before, double value, boolean apart) {
        double[] values = DoubleStream.of(java.util.Arrays.stream(before.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray();
        assertThat(after(values).next(value, BOUND).apart()).isEqualTo(apart ? List.of(value) : List.of());
    }

    @Test
    void aValueThatReturnsMakesSpikesOfThoseThatStoodApart() {
        Recent level = after(10, 11, 10, 11, 10);
        Recent one = level.next(90, BOUND);
        Recent two = one.next(95, BOUND);

        assertThat(level.spikesBefore(10, BOUND)).isZero();
        assertThat(one.spikesBefore(11, BOUND)).isEqualTo(1);
        assertThat(two.spikesBefore(11, BOUND)).isEqualTo(2);
        assertThat(two.spikesBefore(97, BOUND)).as("it has not returned").isZero();
        assertThat(two.values()).as("what stands apart is no level").isEqualTo(level.values());
        assertThat(two.next(12, BOUND)).isEqualTo(after(10, 11, 10, 11, 10, 12));
    }

    @Test
    void whatStaysForThreeReadingsIsANewLevel() {
        assertThat(after(10, 11, 10, 11, 10).next(90, BOUND).next(95, BOUND).next(97, BOUND))
                .isEqualTo(after(90, 95, 97));
    }

    @Test
    void fourValuesAreNoLevelToReturnTo() {
        Recent few = new Recent("pm25UgM3", List.of(10.0, 10.0, 10.0, 10.0), List.of(90.0));
        assertThat(few.spikesBefore(10, BOUND)).isZero();
    }

    @Test
    void nineValuesAreRemembered() {
        assertThat(after(1, 2, 3, 4, 5, 6, 7, 8, 9).next(10, BOUND)).isEqualTo(after(2, 3, 4, 5, 6, 7, 8, 9, 10));
    }
}
