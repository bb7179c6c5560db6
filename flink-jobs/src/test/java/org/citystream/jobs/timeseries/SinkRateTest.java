package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citystream.testsupport.InfluxOne;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What gathering, order and care cost beside a bare loop over the client, into InfluxDB 1.6.7. */
class SinkRateTest {
    private static final int LINES = 100_000;
    private static final int ROUNDS = 5;

    @TempDir
    Path directory;

    /** Writes all lines. */
    private interface Way {
        void write(List<String> lines) throws Exception;
    }

    @Test
    @EnabledIfSystemProperty(
            named = "proofs",
            matches = "true",
            disabledReason = "a measurement, which other work on the machine disturbs; run it with -Dproofs=true")
    void theWriterKeepsUpWithABareLoop() throws Exception {
        try (InfluxOne server = InfluxOne.start(directory.resolve("influxdb"));
                InfluxStore store = new InfluxStore(
                        new StoreAddress(server.url(), null, "citystream", InfluxOne.DATABASE, StoreApi.V1))) {
            BatchWriter writer = new BatchWriter(
                    store, WritePolicy.DEFAULT, BatchWriter.Pause.SLEEP, new Uncounted(), new NothingRefused());
            List<Double> bare = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                bare.add(pointsPerSecond(round * 2, lines -> {
                    int batch = WritePolicy.DEFAULT.batchLines();
                    for (int from = 0; from < lines.size(); from += batch) {
                        assertThat(store.write(lines.subList(from, from + batch)))
                                .isEqualTo(Store.Answer.WRITTEN);
                    }
                }));
                ours.add(pointsPerSecond(round * 2 + 1, lines -> {
                    for (String line : lines) {
                        writer.add(line);
                    }
                    writer.flush();
                }));
            }
            double ratio = median(ours) / median(bare);
            System.out.printf(
                    "points a second: %.0f by the sink's writer, %.0f by a bare loop, ratio %.2f%n",
                    median(ours), median(bare), ratio);
            assertThat(ratio).isGreaterThan(0.8);
        }
    }

    private static double pointsPerSecond(int round, Way way) throws Exception {
        List<String> lines = new ArrayList<>(LINES);
        for (int i = 0; i < LINES; i++) {
            lines.add("air,city=lindholm,station=air-" + i % 100 + " pm25=" + i % 50 + ".5,no2=40.25,completeness=1.0 "
                    + (1_795_424_400_000_000_000L + (round * (long) LINES + i) * 1_000_000L));
        }
        long begun = System.nanoTime();
        way.write(lines);
        return LINES / ((System.nanoTime() - begun) / 1e9);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static final class Uncounted implements BatchWriter.Counts {
        @Override
        public void written(int lines) {}

        @Override
        public void refused() {}

        @Override
        public void retried() {}
    }

    private static final class NothingRefused implements BatchWriter.RejectedLines {
        @Override
        public void put(String line, String reason) {
            throw new AssertionError(line + ": " + reason);
        }

        @Override
        public void close() {}
    }
}
