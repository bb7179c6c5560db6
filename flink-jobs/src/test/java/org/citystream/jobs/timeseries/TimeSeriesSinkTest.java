package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sink in a real job against a real store. */
class TimeSeriesSinkTest {
    @RegisterExtension
    static final QuestDbExtension QUEST_DB = new QuestDbExtension();

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @BeforeAll
    static void createTables() {
        KAFKA.empty(Topics.POINTS_REJECTED);
        for (Series series : Series.ALL) {
            QUEST_DB.execute(QuestDbTable.create(series));
            QUEST_DB.execute("TRUNCATE TABLE " + series.measurement());
        }
    }

    @Test
    void pointsArriveOnceHoweverOftenTheyAreWrittenAndABadOneHarmsNobody() throws Exception {
        String summary = Lines.of(LinesTest.AIR).orElseThrow();
        String bad = "air,city=lindholm,station=air-09 us_aqi=\"not a number\" 1795424400000000000";
        String traffic = Lines.of(LinesTest.TRAFFIC).orElseThrow();
        String health = Lines.of(LinesTest.HEALTH).orElseThrow();
        String event = Lines.of(LinesTest.event()).orElseThrow();
        String corrected = summary.replace("no2=62.1", "no2=63.5");

        write(summary, bad, traffic, health, event);
        write(summary, corrected);

        assertThat(KAFKA.consume(Topics.POINTS_REJECTED.name(), 1))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo("air");
                    assertThat(new String(record.value(), StandardCharsets.UTF_8))
                            .isEqualTo(bad);
                    assertThat(new String(record.headers().lastHeader("reason").value(), StandardCharsets.UTF_8))
                            .startsWith("HTTP 400: ");
                });

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(QUEST_DB.query("select no2, us_aqi, station, timestamp from air"))
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row).containsEntry("no2", 63.5).containsEntry("us_aqi", 68.0);
                            assertThat(String.valueOf(row.get("timestamp"))).startsWith("2026-11-23 09:00:00");
                        }));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(QUEST_DB.query("select * from traffic")).hasSize(1);
            assertThat(QUEST_DB.query("select * from sensor_health")).hasSize(1);
            assertThat(QUEST_DB.query("select * from events")).hasSize(1);
        });
    }

    private static void write(String... lines) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
        StoreAddress store = new StoreAddress(QUEST_DB.url(), null, "citystream", "citystream", StoreApi.V2);
        environment
                .fromData(lines)
                .sinkTo(new TimeSeriesSink(store, WritePolicy.DEFAULT, KafkaAccess.plain(KAFKA.bootstrapServers())));
        environment.execute();
    }
}
