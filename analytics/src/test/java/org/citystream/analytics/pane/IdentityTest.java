package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    /** Keys stand in savepoints: another function would count every reading under way twice. */
    @ParameterizedTest
    @CsvSource({
        "'', -1166397803181037274",
        "a, -9033471704281723301",
        "boot-1, 9166381536348445173",
        "Søgade, 6287831827368558567",
    })
    void aBootHasTheSameKeyInEveryRelease(String boot, long key) {
        assertThat(Identity.bootKey(boot)).isEqualTo(key);
    }
}
