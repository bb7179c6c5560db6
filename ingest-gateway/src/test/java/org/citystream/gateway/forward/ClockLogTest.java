package org.citystream.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.ClockTopic;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClockLogTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @BeforeEach
    void empty() {
        // Readings of other tests tell the time too.
        kafka.empty(Topics.CLOCK, Topics.READINGS_TRAFFIC, Topics.READINGS_AIR);
    }

    private static void written(String record) {
        kafka.produce(Topics.CLOCK.name(), "", record.getBytes(StandardCharsets.UTF_8));
    }

    private static ClockLog read() throws InterruptedException {
        return ClockLog.await(new KafkaSettings(kafka.bootstrapServers()), problem -> {
            throw new AssertionError(problem);
        });
    }

    @Test
    void newestTellsWhereTheClockStood() throws Exception {
        written("{\"now\":\"2026-11-23T12:00:00Z\",\"speed\":60,\"source\":\"replay\"}");
        written("{\"now\":\"2026-11-23T11:59:59Z\",\"speed\":1,\"source\":\"wall\"}");
        assertThat(read().state()).contains(new ClockState(NOON, 60, null, "replay"));
        assertThat(read().newest()).contains(NOON);
    }

    /** What asks for the clock would otherwise take a long pause for a deployment that never ran. */
    @Test
    void whereTheClockIsForgottenTheReadingsRemember() throws Exception {
        kafka.produce(
                Topics.READINGS_AIR.name(),
                "",
                "{\"clockAt\":\"2026-11-23T12:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(read().newest()).contains(NOON);
        assertThat(ClockTopic.latest(new KafkaSettings(kafka.bootstrapServers()))
                        .map(ClockState::now))
                .contains(NOON);
    }

    @Test
    void recordsThatNobodyUnderstandsAreNoClockAndStopNobody() throws Exception {
        written("{\"now\":\"2026-11-23T12:00:00Z\",\"speed\":60,\"source\":\"replay\"}");
        written("[");
        written("{\"now\":\"2026-11-23T12:00:01Z\",\"speed\":\"fast\"}");
        written("{\"now\":\"+1000000000-12-31T23:59:59.999999999Z\",\"speed\":1}");
        ClockLog log = read();
        assertThat(log.state()).contains(new ClockState(NOON, 60, null, "replay"));
        assertThat(log.newest()).as("its time was there to be read").contains(NOON.plusSeconds(1));
    }
}
