package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.citystream.analytics.pane.Written;
import org.citystream.analytics.sensortrust.Arrivals.Lag;
import org.citystream.analytics.sensortrust.History.Mark;
import org.citystream.analytics.sensortrust.SensorRecord.Run;
import org.citystream.analytics.sensortrust.SensorWatch.Told;
import org.citystream.analytics.sensortrust.SensorWatch.Trouble;
import org.junit.jupiter.api.Test;

/** Every field of what is remembered of a sensor comes back. */
class SensorWatchCodecTest {
    private static final SensorWatchCodec CODEC = new SensorWatchCodec();
    private static final SensorRecord RECORD = new SensorRecord(
            1_001,
            List.of(new Run("all-air", Double.NaN, 3, 10, 40), new Run("no2UgM3", 40.5, 300, 11, 41)),
            List.of(new Recent("no2UgM3", List.of(1.5, 2.5, 3.5), List.of(90.0, 95.0))),
            new History(64, List.of(new Mark(Symptom.SPIKE, 1L << 63 | 5, 12, "jumped"))),
            new Arrivals(1_003, List.of(60_000L, -5L), List.of(new Lag(17, -250), new Lag(18, 900))),
            new Boots(0xB, 0xA, 13),
            new Neighbourhood(List.of(new Departure("no2UgM3", 0.1, 0.2, -0.3, 700, true, 14)), 0b1011, 24));

    @Test
    void everyFieldComesBack() throws IOException {
        SensorWatch watch = new SensorWatch(
                RECORD,
                "lindholm",
                new Told(HealthState.DRIFTING, 0.35, 15),
                List.of(new Trouble("a", 7, -8, 16, 17, null), new Trouble("b", 300, 9, 18, 19, null)),
                20);
        assertThat(Written.through(out -> CODEC.write(watch, out), CODEC::read)).isEqualTo(watch);
        assertThat(CODEC.copy(watch)).isEqualTo(watch);
    }

    @Test
    void whatIsAbsentStaysAbsent() throws IOException {
        assertThat(Written.through(out -> CODEC.write(SensorWatch.NEW, out), CODEC::read))
                .isEqualTo(SensorWatch.NEW);
    }

    /** Six bytes of neighbours stand before the last twelve: city, told, troubles and timer of a sensor never heard. */
    @Test
    void whatWasWrittenBeforeNeighboursWereKnownIsRead() throws IOException {
        byte[] now = Written.bytes(out -> CODEC.write(SensorWatch.NEW, out));
        byte[] before = Arrays.copyOf(now, now.length - 6);
        System.arraycopy(now, now.length - 12, before, before.length - 12, 12);
        before[0] = 3;
        assertThat(read(before)).isEqualTo(SensorWatch.NEW);
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() throws IOException {
        byte[] bytes = Written.bytes(out -> CODEC.write(SensorWatch.NEW, out));
        for (byte version : new byte[] {2, 5}) {
            bytes[0] = version;
            assertThatThrownBy(() -> read(bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("sensor");
        }
    }

    private static SensorWatch read(byte[] bytes) throws IOException {
        return CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
