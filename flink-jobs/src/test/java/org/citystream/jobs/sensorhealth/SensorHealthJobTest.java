package org.citystream.jobs.sensorhealth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.citystream.jobs.topics.CityTopics;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole job against a real broker: one sensor reports, one stops, one was registered and never came. */
class SensorHealthJobTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final String EVERY_MINUTE = ",\"expectedIntervalSeconds\":60";

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final CityTopics TOPICS = new CityTopics(KAFKA);

    @BeforeAll
    static void emptyTopics() {
        TOPICS.empty();
    }

    @AfterAll
    static void leaveNothingBehind() {
        TOPICS.empty();
    }

    @Test
    void sensorsThatFallSilentOrNeverComeAreMissed() throws Exception {
        TOPICS.defaultRules();
        TOPICS.register("loop-1", "traffic", EVERY_MINUTE);
        TOPICS.register("air-1", "air", EVERY_MINUTE);
        TOPICS.register("loop-never", "traffic", EVERY_MINUTE);
        for (int minute = 1; minute <= 30; minute++) {
            Instant at = EIGHT.plusSeconds(60L * minute);
            TOPICS.reading(Topics.READINGS_AIR, "air-1", at, "\"pm25UgM3\":" + (10 + minute % 7));
            if (minute <= 10) {
                TOPICS.reading(Topics.READINGS_TRAFFIC, "loop-1", at, "\"vehicleCount\":" + (10 + minute % 5));
            }
        }
        Instant half = EIGHT.plus(Duration.ofMinutes(30)).plusSeconds(10);
        TOPICS.clock(half, EIGHT.minusSeconds(60));

        JobClient job = TOPICS.start(SensorHealthJob::wire, "sensor-health");
        try {
            List<SensorHealth> health =
                    TOPICS.healthOnce(Map.of("air-1", "healthy", "loop-1", "silent", "loop-never", "silent"));
            assertThat(states(health, "air-1")).containsExactly("healthy");
            assertThat(states(health, "loop-1")).containsExactly("healthy", "silent");
            assertThat(states(health, "loop-never")).endsWith("silent");

            List<CityEvent> events = TOPICS.events(2);
            assertThat(events).extracting(CityEvent::transition).containsOnly(Transition.OPENED);
            assertThat(events)
                    .extracting(event -> event.subject().id())
                    .containsExactlyInAnyOrder("loop-1", "loop-never");
            assertThat(events)
                    .filteredOn(event -> event.subject().id().equals("loop-1"))
                    .extracting(CityEvent::startedAt)
                    .containsExactly(EIGHT.plus(Duration.ofMinutes(13)));
        } finally {
            job.cancel().get();
        }
    }

    private static List<String> states(List<SensorHealth> health, String sensorId) {
        return health.stream()
                .filter(each -> each.sensorId().equals(sensorId))
                .map(SensorHealth::state)
                .toList();
    }
}
