package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.testsupport.InfluxOne;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What gathering, order, care and Flink's operator around them cost beside a bare loop over influxdb-client-java that hands
 * over lists of the same length: the faster of that loop with and without compression.
 */
@EnabledIfSystemProperty(
        named = "proofs",
        matches = "true",
        disabledReason = "a measurement, which other work on the machine disturbs; run it with -Dproofs=true")
class SinkRateTest {
    private static final int LINES = 200_000;
    private static final int ROUNDS = 5;
    private static final double AT_LEAST = 0.8;
    private static final String SINK = "sink";

    @RegisterExtension
    static final QuestDbExtension QUEST_DB = new QuestDbExtension();

    @TempDir
    Path directory = Path.of("");

    private long lines;

    /** Writes all lines; returns when the store has taken them. */
    private interface Way {
        void write(List<String> lines) throws Exception;
    }

    @Test
    void theSinkKeepsUpWithABareLoopIntoInfluxOne() throws Exception {
        try (InfluxOne server = InfluxOne.start(directory.resolve("influxdb"))) {
            compare(new StoreAddress(server.url(), null, "citystream", InfluxOne.DATABASE, StoreApi.V1));
        }
    }

    @Test
    void theSinkKeepsUpWithABareLoopIntoQuestDb() throws Exception {
        Series.ALL.forEach(series -> QUEST_DB.execute(QuestDbTable.create(series)));
        QUEST_DB.execute("TRUNCATE TABLE air");
        compare(new StoreAddress(QUEST_DB.url(), null, "citystream", "citystream", StoreApi.V2));
    }

    private void compare(StoreAddress store) throws Exception {
        try (InfluxDBClient plain = bare(store);
                InfluxDBClient compressing = bare(store).enableGzip();
                OneInputStreamOperatorTestHarness<String, CommittableMessage<Void>> sink = sink(store)) {
            Map<String, Way> ways = new LinkedHashMap<>();
            ways.put("bare loop", loop(plain));
            ways.put(SINK, all -> {
                for (String line : all) {
                    sink.processElement(line, 0);
                }
                sink.prepareSnapshotPreBarrier(1);
            });
            ways.put("bare loop, compressed", loop(compressing));
            Map<String, List<Double>> rates = new LinkedHashMap<>();
            for (int round = 0; round <= ROUNDS; round++) {
                for (Map.Entry<String, Way> way : ways.entrySet()) {
                    double rate = pointsPerSecond(way.getValue());
                    if (round > 0) {
                        // The first round warms up.
                        rates.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
            judge(store, rates);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void judge(StoreAddress store, Map<String, List<Double>> rates) {
        rates.forEach((way, all) -> System.out.printf(
                "%s, %s: %.0f points a second (%s)%n",
                store.api(),
                way,
                median(all),
                all.stream().map(Double::longValue).toList()));
        double fastest = rates.entrySet().stream()
                .filter(way -> !way.getKey().equals(SINK))
                .mapToDouble(way -> median(way.getValue()))
                .max()
                .orElseThrow();
        double ratio = median(rates.getOrDefault(SINK, List.of())) / fastest;
        System.out.printf("%s: the sink at %.2f of the faster bare loop%n", store.api(), ratio);
        assertThat(ratio).isGreaterThanOrEqualTo(AT_LEAST);
    }

    private static Way loop(InfluxDBClient client) {
        WriteApiBlocking writer = client.getWriteApiBlocking();
        int batch = WritePolicy.DEFAULT.batchLines();
        return all -> {
            for (int from = 0; from < all.size(); from += batch) {
                writer.writeRecords(WritePrecision.NS, all.subList(from, from + batch));
            }
        };
    }

    /** As its documentation makes one; InfluxDB 1 wants another path, which its users give it so, too. */
    private static InfluxDBClient bare(StoreAddress store) throws Exception {
        OkHttpClient.Builder http = new OkHttpClient.Builder();
        if (store.api() == StoreApi.V1) {
            http.addInterceptor(chain -> chain.proceed(chain.request()
                    .newBuilder()
                    .url(store.url() + "/write?precision=ns&db=" + store.bucket())
                    .build()));
        }
        return InfluxDBClientFactory.create(InfluxDBClientOptions.builder()
                .url(store.url())
                .authenticateToken(store.token().toCharArray())
                .org(store.org())
                .bucket(store.bucket())
                .okHttpClient(http)
                .build());
    }

    private static OneInputStreamOperatorTestHarness<String, CommittableMessage<Void>> sink(StoreAddress store)
            throws Exception {
        OneInputStreamOperatorTestHarness<String, CommittableMessage<Void>> harness =
                new OneInputStreamOperatorTestHarness<>(new SinkWriterOperatorFactory<>(
                        new TimeSeriesSink(store, WritePolicy.DEFAULT, KafkaAccess.plain("127.0.0.1:1"))));
        harness.open();
        return harness;
    }

    private double pointsPerSecond(Way way) throws Exception {
        List<String> all = new ArrayList<>(LINES);
        for (int i = 0; i < LINES; i++) {
            all.add("air,city=lindholm,station=air-" + i % 100 + " pm25=" + i % 50 + ".5,no2=40.25,completeness=1.0 "
                    + (1_795_424_400_000_000_000L + lines++ * 1_000_000L));
        }
        long begun = System.nanoTime();
        way.write(all);
        return LINES / ((System.nanoTime() - begun) / 1e9);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
