package org.citystream.audit.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FateTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            true,  1, 0, false, ONCE
            true,  2, 0, false, DUPLICATE
            true,  1, 1, false, ONCE
            true,  0, 1, false, REJECTED
            true,  0, 2, false, REJECTED
            true,  0, 0, false, LOST
            false, 0, 0, false, INDEFINITE_ABSENT
            false, 1, 0, false, INDEFINITE_DELIVERED
            false, 2, 0, false, INDEFINITE_DELIVERED
            false, 0, 1, false, REJECTED
            true,  0, 0, true,  CORRUPTED
            true,  1, 0, true,  CORRUPTED
            false, 0, 0, true,  CORRUPTED
            """)
    void aFateFollowsFromWhatIsKnown(boolean acknowledged, int accepted, int rejected, boolean altered, Fate fate) {
        assertThat(Fate.of(acknowledged, accepted, rejected, altered)).isEqualTo(fate);
        assertThat(fate.isFailure()).isEqualTo(fate == Fate.LOST || fate == Fate.CORRUPTED);
    }
}
