package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A reading between two tasks is the same at its arrival. */
class ObservationCodecTest {
    private static final ObservationCodec CODEC = new ObservationCodec();
    private static final Observation READING = new Observation(
                    "ring-1", "loop-ä", 3, 1_795_766_460_000L, 60_000, -77, 4_711, -12, new long[] {
                        720_000, Observation.NOT_MEASURED, 0
                    })
            .from(OffsetRanges.of(2, 900));

    @Test
    void everyFieldArrives() {
        Observation read = Written.again(CODEC, READING);

        assertThat(read.subjectId()).isEqualTo("ring-1");
        assertThat(read.sensorId()).isEqualTo("loop-ä");
        assertThat(read.laneId()).isEqualTo(3);
        assertThat(read.observedAt()).isEqualTo(1_795_766_460_000L);
        assertThat(read.periodMillis()).isEqualTo(60_000);
        assertThat(read.boot()).isEqualTo(-77);
        assertThat(read.number()).isEqualTo(4_711);
        assertThat(read.support()).isEqualTo(-12);
        assertThat(read.totals()).containsExactly(720_000, Observation.NOT_MEASURED, 0);
        assertThat(read.offsets()).containsExactly(OffsetRanges.of(2, 900));
    }

    @Test
    void aReadingOfAnotherFormatIsRefusedByName() {
        byte[] bytes = Written.bytes(CODEC, READING);
        bytes[0] = 9;

        assertThatThrownBy(() -> Written.read(CODEC, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("observation state has format 9, this program reads format 1");
    }

    @Test
    void nobodyChangesAReadingSoThatItIsItsOwnCopy() {
        assertThat(CODEC.copy(READING)).isSameAs(READING);
    }
}
