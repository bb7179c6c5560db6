package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be in a pane is read back as it was written. */
class PaneCodecTest {
    private static final long MINUTE = Instant.parse("2026-11-23T08:00:00Z").toEpochMilli();
    private static final PaneCodec CODEC = new PaneCodec();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPaneIsReadAsItWasWritten(long seed) {
        Random random = new Random(seed);
        Pane pane = new Pane();
        pane.revision = random.nextInt(3);
        pane.toldHash = random.nextLong();
        pane.late = random.nextInt(2);
        for (int i = random.nextInt(3); i > 0; i--) {
            pane.offsets = OffsetRanges.with(
                    pane.offsets, OffsetRanges.of(random.nextInt(4), random.nextLong(Long.MAX_VALUE)));
        }
        int measures = 1 + random.nextInt(12);
        for (int i = random.nextInt(12); i > 0; i--) {
            // A program that knows another measure has made some of the cells.
            add(pane, random, random.nextInt(20) == 0 ? measures + 1 : measures);
        }
        Pane read = Written.again(CODEC, pane);

        assertThat(read.revision).isEqualTo(pane.revision);
        assertThat(read.toldHash).isEqualTo(pane.toldHash);
        assertThat(read.late).isEqualTo(pane.late);
        assertThat(read.offsets).isEqualTo(pane.offsets);
        assertThat(read.isPacked()).isTrue();
        assertThat(read.cells()).hasSameSizeAs(pane.cells());
        for (int i = 0; i < pane.cells().size(); i++) {
            isSame(read.cells().get(i), pane.cells().get(i));
        }
    }

    private static void isSame(Cell read, Cell written) {
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("sums", "measuredMillis")
                .isEqualTo(written);
        for (int measure = 0; measure < read.sums.length; measure++) {
            boolean known = measure < written.sums.length;
            assertThat(read.sums[measure]).isEqualTo(known ? written.sums[measure] : 0);
            assertThat(read.measuredMillis[measure]).isEqualTo(known ? written.measuredMillis[measure] : 0);
        }
    }

    private static void add(Pane pane, Random random, int measures) {
        long[] totals = new long[measures];
        for (int i = 0; i < measures; i++) {
            totals[i] = switch (random.nextInt(5)) {
                case 0 -> Observation.NOT_MEASURED;
                case 1 -> 0;
                case 2 -> random.nextLong() >> random.nextInt(64) >> 1;
                default -> random.nextInt(1_000_000);
            };
        }
        if (measures > 1 && random.nextBoolean()) {
            totals[1] = totals[0];
        }
        long observedAt = MINUTE + (random.nextBoolean() ? 60_000 : 1 + random.nextInt(60_000));
        boolean booted = random.nextBoolean();
        long period = random.nextBoolean() ? 30_000 : 1 + random.nextInt(100_000);
        Observation reading = new Observation(
                "segment",
                "loop-" + random.nextInt(3),
                random.nextInt(3),
                observedAt,
                period,
                booted ? random.nextInt(2) + 1 : Identity.NO_BOOT,
                booted ? random.nextInt(200) - 20 : observedAt,
                random.nextInt(20),
                totals);
        Cell cell = pane.cell(reading);
        if (cell.sums.length != measures) {
            return;
        }
        if (random.nextInt(4) > 0 && cell.register(reading)) {
            cell.count(reading);
        }
        cell.add(reading, random.nextInt((int) period), period);
    }
}
