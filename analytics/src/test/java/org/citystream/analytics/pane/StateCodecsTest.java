package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept between panes and what travels between tasks: every field is read back, in no byte more than it needs. */
class StateCodecsTest {
    private static final long EIGHT = Instant.parse("2026-11-23T08:00:00Z").toEpochMilli();
    private static final Codec<Long> STATES = new Doubling().codec();
    private static final KeyStateCodec<Long> KEY_STATES = new KeyStateCodec<>(STATES);
    private static final FoldedCodec<Long> FOLDED = new FoldedCodec<>(STATES);

    private static Observation observation() {
        return new Observation(
                "ring-1",
                "loop-1",
                3,
                EIGHT,
                60_000,
                -77,
                1L << 40,
                -5,
                new long[] {5, Observation.NOT_MEASURED},
                new long[] {2, 100, 110});
    }

    private static Pane pane() {
        Pane pane = new Pane().readFrom(new long[] {1, 9, 10}, 2);
        pane.revision = 3;
        pane.toldHash = -4;
        return pane;
    }

    static Stream<Arguments> values() {
        return Stream.of(
                // Version, texts with their lengths, lane, time, period in three bytes, boot, number, support, totals,
                // range.
                Arguments.of(
                        new ObservationCodec(),
                        observation(),
                        1 + 7 + 7 + 1 + 8 + 3 + 8 + 8 + 1 + (1 + 2 * 8) + (1 + 1 + 1 + 1)),
                Arguments.of(FOLDED, new Folded<>(41L, EIGHT, Long.MIN_VALUE), 1 + 8 + 8 + 8),
                // Version, hash, and one byte for each of revision, no ranges, nothing late, no cells.
                Arguments.of(new PaneCodec(), new Pane().packed(), 1 + 8 + 4),
                Arguments.of(new PaneCodec(), pane().packed(), 1 + 8 + 4 + 3),
                // Version, what was folded, no marks, nine moments, nothing told.
                Arguments.of(KEY_STATES, new KeyState<>(Folded.nothing(0L)), 1 + (1 + 8 + 8 + 8) + 1 + 9 * 8 + 1));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void everythingIsReadBackAndTakesSoManyBytes(Codec<T> codec, T value, int size) {
        assertThat(Written.again(codec, value)).usingRecursiveComparison().isEqualTo(value);
        assertThat(Written.bytes(codec, value)).hasSize(size);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aCopyIsTheSame(Codec<T> codec, T value, int size) {
        assertThat(codec.copy(value)).usingRecursiveComparison().isEqualTo(value);
    }

    /** Of the others their own tests hold it. */
    static Stream<Codec<?>> codecs() {
        return Stream.of(FOLDED, new PaneCodec());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    <T> void anotherFormatIsRefusedByName(Codec<T> codec) {
        byte[] bytes = new byte[200];
        bytes[0] = 99;
        assertThatThrownBy(() -> Written.read(codec, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99");
    }

    /** Version, revision, hash, and the bytes of the cells: what a program wrote before panes knew where readings come from. */
    @Test
    void panesOfTheFormatWithoutOffsetsAreStillRead() throws IOException {
        byte[] bytes = {4, 3, 0, 0, 0, 0, 0, 0, 0, 7, 0};
        Pane pane = Written.read(new PaneCodec(), bytes);

        assertThat(pane.revision).isEqualTo(3);
        assertThat(pane.toldHash).isEqualTo(7);
        assertThat(pane.offsets).isEmpty();
        assertThat(pane.late).isZero();
        assertThat(pane.isEmpty()).isTrue();
    }

    @Test
    void anObservationKnowsWhereItWasRead() {
        Observation from = observation().from(new long[] {0, 1, 2});
        assertThat(from).usingRecursiveComparison().ignoringFields("offsets").isEqualTo(observation());
        assertThat(from.offsets()).containsExactly(0, 1, 2);
    }

    @Test
    void bytesGrowAsTheyAreWrittenAndAreReadToTheirEnd() {
        byte[] many = new byte[1_000];
        Arrays.fill(many, (byte) -3);
        UnlockedBytes.Out out = new UnlockedBytes.Out();
        out.write(300);
        out.write(many, 1, 999);
        out.write(200);
        UnlockedBytes.In in = new UnlockedBytes.In(out.toByteArray());
        byte[] read = new byte[1_003];

        assertThat(in.available()).isEqualTo(1_001);
        assertThat(in.read()).as("its last eight bits").isEqualTo(44);
        assertThat(in.read(read, 5, 0)).isZero();
        assertThat(in.read(read, 1, 500)).isEqualTo(500);
        assertThat(in.read(read, 501, 502)).as("what is left").isEqualTo(500);
        assertThat(read).startsWith(0, -3).endsWith(-3, -56, 0, 0);
        assertThat(in.read(read, 0, 1)).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.available()).isZero();
    }
}
