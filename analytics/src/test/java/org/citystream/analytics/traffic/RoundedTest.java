package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers as summaries tell them. */
class RoundedTest {
    @Test
    void aValueKeepsItsDecimals() {
        assertThat(Rounded.known(1, 1.25)).isEqualTo(1.3);
        assertThat(Rounded.known(0, 49.4)).isEqualTo(49);
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        assertThat(Rounded.known(2, Double.NaN)).isNull();
        assertThat(Rounded.known(2, Double.POSITIVE_INFINITY)).isNull();
    }
}
