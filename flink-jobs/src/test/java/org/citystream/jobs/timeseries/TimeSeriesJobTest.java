package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole job between a real broker and a real store. */
class TimeSeriesJobTest {
    private static final Topic[] USED = {
        Topics.SUMMARIES_TRAFFIC, Topics.SUMMARIES_AIR, Topics.EVENTS, Topics.SENSOR_HEALTH
    };

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final QuestDbExtension QUEST_DB = new QuestDbExtension();

    @BeforeAll
    static void prepare() {
        KAFKA.empty(USED);
        Series.ALL.forEach(series -> QUEST_DB.execute(QuestDbTable.create(series)));
        Series.ALL.forEach(series -> QUEST_DB.execute("TRUNCATE TABLE " + series.measurement()));
    }

    @AfterAll
    static void leaveNothingBehind() {
        KAFKA.empty(USED);
    }

    @Test
    void whatTheJobsTellCanBeQueriedAndAnUnreadableRecordStopsNobody() throws Exception {
        KAFKA.produce(Topics.SUMMARIES_AIR.name(), "air-07", "no summary".getBytes(StandardCharsets.UTF_8));
        KAFKA.produce(Topics.SUMMARIES_AIR, "air-07", LinesTest.AIR);
        KAFKA.produce(Topics.SUMMARIES_TRAFFIC, "lind-1", LinesTest.TRAFFIC);
        KAFKA.produce(Topics.SENSOR_HEALTH, "loop-1", LinesTest.HEALTH);
        KAFKA.produce(Topics.EVENTS, "air-07", LinesTest.event());

        JobClient job = start();
        try {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(QUEST_DB.query("select us_aqi from air where station = 'air-07'"))
                        .singleElement()
                        .satisfies(row -> assertThat(row).containsEntry("us_aqi", 68.0));
                assertThat(QUEST_DB.query("select speed_ratio from traffic")).hasSize(1);
                assertThat(QUEST_DB.query("select trust from sensor_health")).hasSize(1);
                assertThat(QUEST_DB.query("select value from events")).hasSize(1);
            });
            assertThat(job.getJobStatus().get())
                    .as("without a restart, at which it would have ended")
                    .isEqualTo(JobStatus.RUNNING);
        } finally {
            job.cancel().get();
        }
    }

    private static JobClient start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        JobEnvironment job = new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(
                        Map.of("kafka-bootstrap-servers", KAFKA.bootstrapServers(), "influx-url", QUEST_DB.url())));
        TimeSeriesJob.wire(job);
        return env.executeAsync("time-series");
    }
}
