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
import org.citystream.model.summary.HealthFinding;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole job against a real broker: a city in which every sensor has a fault of its own. */
class SensorFaultsJobTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
    /** When the detectors report; the stations do so from Monday on. */
    private static final Instant FRIDAY = MONDAY.plus(Duration.ofDays(5));

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
    void everyFaultIsToldByItsName() throws Exception {
        TOPICS.defaultRules();
        for (String id : List.of("stuck", "codes", "saturated", "spikes", "behind", "ahead", "twins", "impossible")) {
            TOPICS.register(
                    id,
                    id.equals("codes") || id.equals("spikes") || id.equals("saturated") ? "air" : "traffic",
                    EVERY_MINUTE);
        }
        for (int i = 0; i < 4; i++) {
            TOPICS.register(
                    "station-" + i,
                    "air",
                    ",\"expectedIntervalSeconds\":3600,\"location\":{\"latitude\":56.15,\"longitude\":10.2}");
        }
        for (String channel : List.of("channel-a", "channel-b")) {
            TOPICS.register(
                    channel,
                    "air",
                    ",\"expectedIntervalSeconds\":3600,\"stationId\":\"channels\",\"attributes\":{\"instrument\":\"pa\"},"
                            + "\"location\":{\"latitude\":57.15,\"longitude\":10.2}");
        }
        fiveDaysOfStations();
        halfAnHourOfDetectors();
        Instant now = FRIDAY.plus(Duration.ofMinutes(31));
        TOPICS.clock(now, MONDAY.minusSeconds(60));

        JobClient job = TOPICS.start(SensorHealthJob::wire, "sensor-health");
        try {
            List<SensorHealth> health = TOPICS.healthOnce(Map.of(
                    "stuck", "stuck",
                    "codes", "implausible",
                    "saturated", "implausible",
                    "spikes", "implausible",
                    "behind", "clock-skewed",
                    "twins", "duplicate-identity",
                    "stranger", "silent",
                    "station-3", "drifting",
                    "channel-a", "implausible"));
            assertThat(finding(health, "stuck")).isEqualTo("stuck");
            assertThat(finding(health, "codes")).isEqualTo("error-code");
            assertThat(finding(health, "saturated")).isEqualTo("saturated");
            assertThat(finding(health, "spikes")).isEqualTo("spikes");
            assertThat(finding(health, "twins")).isEqualTo("duplicate-identity");
            assertThat(finding(health, "station-3")).isEqualTo("drift");
            assertThat(finding(health, "channel-a")).isEqualTo("channels-disagree");
            assertThat(health)
                    .filteredOn(each -> each.sensorId().equals("station-1"))
                    .extracting(SensorHealth::state)
                    .containsOnly("healthy");

            for (int i = 0; i < 3; i++) {
                TOPICS.rejected("ahead", "future-time", "observedAt is 15 minutes ahead");
                TOPICS.rejected("impossible", "out-of-range", "occupancy must be 0 to 1 but is 37");
            }
            health = TOPICS.healthOnce(Map.of("ahead", "clock-skewed", "impossible", "implausible"));
            assertThat(finding(health, "ahead")).isEqualTo("clock-skewed");
            assertThat(finding(health, "impossible")).isEqualTo("out-of-range");

            List<CityEvent> events = TOPICS.events(3);
            assertThat(events)
                    .filteredOn(event -> event.subject().id().equals("stuck"))
                    .first()
                    .satisfies(event -> {
                        assertThat(event.transition()).isEqualTo(Transition.OPENED);
                        assertThat(event.rule().id()).isEqualTo("sensor-trouble");
                        assertThat(event.evidence()
                                        .path("findings")
                                        .path(0)
                                        .path("kind")
                                        .asText())
                                .isEqualTo("stuck");
                    });
        } finally {
            job.cancel().get();
        }
    }

    /** The last reads ever more beside its neighbours; two channels of one instrument part. */
    private static void fiveDaysOfStations() {
        for (int hour = 1; hour <= 5 * 24; hour++) {
            Instant at = MONDAY.plus(Duration.ofHours(hour));
            int air = 20 + hour % 7;
            for (int i = 0; i < 3; i++) {
                TOPICS.reading(Topics.READINGS_AIR, "station-" + i, at, pm25(air + i));
            }
            TOPICS.reading(Topics.READINGS_AIR, "station-3", at, pm25(hour < 72 ? air : air * (1 + 0.1 * (hour - 72))));
            TOPICS.reading(Topics.READINGS_AIR, "channel-a", at, pm25(air));
            TOPICS.reading(Topics.READINGS_AIR, "channel-b", at, pm25(hour < 110 ? air + 1 : 4 * air));
        }
    }

    private static void halfAnHourOfDetectors() {
        for (int minute = 1; minute <= 30; minute++) {
            Instant at = FRIDAY.plusSeconds(60L * minute);
            String changing = traffic(10 + minute % 7);
            TOPICS.reading(Topics.READINGS_TRAFFIC, "stuck", at, traffic(12));
            TOPICS.reading(Topics.READINGS_TRAFFIC, "behind", at.minus(Duration.ofMinutes(15)), at, changing);
            TOPICS.reading(Topics.READINGS_TRAFFIC, "ahead", at, changing);
            TOPICS.reading(Topics.READINGS_TRAFFIC, "impossible", at, changing);
            TOPICS.reading(Topics.READINGS_TRAFFIC, "twins", at, boot("a", minute) + changing);
            TOPICS.reading(Topics.READINGS_TRAFFIC, "twins", at, boot("b", minute) + traffic(20 + minute % 5));
            TOPICS.reading(
                    Topics.READINGS_AIR,
                    "codes",
                    at,
                    "\"pm25UgM3\":999.9,\"pm10UgM3\":1999.9,\"temperatureC\":" + minute);
            TOPICS.reading(Topics.READINGS_AIR, "saturated", at, "\"pm25UgM3\":999,\"temperatureC\":" + minute % 7);
            TOPICS.reading(Topics.READINGS_AIR, "spikes", at, pm25(minute % 8 == 0 ? 200 : 20 + minute % 3));
            if (minute <= 15) {
                TOPICS.reading(Topics.READINGS_TRAFFIC, "stranger", at, changing);
            }
        }
    }

    private static String pm25(double value) {
        return "\"pm25UgM3\":" + value;
    }

    private static String traffic(int count) {
        return "\"vehicleCount\":" + count + ",\"averageSpeedKmh\":50";
    }

    private static String boot(String boot, int sequence) {
        return "\"bootId\":\"" + boot + "\",\"sequence\":" + sequence + ",";
    }

    /** What was last found first. */
    private static String finding(List<SensorHealth> health, String sensorId) {
        List<HealthFinding> last = List.of();
        for (SensorHealth each : health) {
            List<HealthFinding> findings = each.findings();
            if (each.sensorId().equals(sensorId) && findings != null) {
                last = findings;
            }
        }
        return last.isEmpty() ? "none" : last.get(0).kind();
    }
}
