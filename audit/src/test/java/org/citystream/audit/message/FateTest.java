package org.citystream.audit.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FateTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            true,  1, 0, false, false, ONCE
            true,  2, 0, false, false, DUPLICATE
            true,  1, 1, false, false, ONCE
            true,  0, 1, false, false, REJECTED
            true,  0, 2, false, false, REJECTED
            true,  0, 0, false, false, LOST
            false, 0, 0, false, false, INDEFINITE_ABSENT
            false, 1, 0, false, false, INDEFINITE_DELIVERED
            false, 2, 0, false, false, INDEFINITE_DELIVERED
            false, 0, 1, false, false, REJECTED
            true,  0, 0, true,  false, CORRUPTED
            true,  1, 0, true,  false, CORRUPTED
            false, 0, 0, true,  false, CORRUPTED
            true,  0, 0, false, true,  EXPIRED
            false, 0, 0, false, true,  INDEFINITE_ABSENT
            true,  1, 0, false, true,  ONCE
            true,  0, 1, false, true,  REJECTED
            true,  0, 0, true,  true,  CORRUPTED
            """)
    void aFateFollowsFromWhatIsKnown(
            boolean acknowledged, int accepted, int rejected, boolean altered, boolean forgettable, Fate fate) {
        assertThat(Fate.of(acknowledged, accepted, rejected, altered, forgettable))
                .isEqualTo(fate);
        assertThat(fate.isFailure()).isEqualTo(fate == Fate.LOST || fate == Fate.CORRUPTED);
    }
}
