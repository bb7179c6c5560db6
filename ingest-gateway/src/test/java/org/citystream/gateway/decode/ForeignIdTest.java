package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ForeignIdTest {
    @Test
    void anIdThatIsFitStaysAsItIs() throws Refusal {
        assertThat(ForeignId.of("urn:ngsi-ld:Device:air-7")).isEqualTo(new ForeignId("urn:ngsi-ld:Device:air-7", null));
        assertThat(ForeignId.of("x".repeat(128)).original()).isNull();
    }

    @Test
    void otherCharactersBecomeUnderscoresAndTheHashOfTheOriginalTellsThemApart() throws Refusal {
        // printf 'meter 7' | sha256sum
        assertThat(ForeignId.of("meter 7")).isEqualTo(new ForeignId("meter_7-c22c6b41", "meter 7"));
        assertThat(ForeignId.of("meter/7").id()).startsWith("meter_7-").isNotEqualTo("meter_7-c22c6b41");
        assertThat(ForeignId.of("måler-7").id()).startsWith("m_ler-7-");
    }

    @Test
    void aLongIdIsCutToFit() throws Refusal {
        ForeignId id = ForeignId.of("x".repeat(129));
        assertThat(id.id()).hasSize(128).startsWith("x".repeat(119) + "-").matches("x{119}-[0-9a-f]{8}");
        assertThat(id.original()).hasSize(129);
    }

    @Test
    void noIdAndAnEndlessOneAreRefused() {
        assertThatThrownBy(() -> ForeignId.of("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> ForeignId.of("x".repeat(1_025))).hasMessageContaining("1024");
    }
}
