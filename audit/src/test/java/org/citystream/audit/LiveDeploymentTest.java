package org.citystream.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.audit.Records.air;
import static org.citystream.audit.Records.late;
import static org.citystream.audit.Records.record;
import static org.citystream.audit.Records.summary;
import static org.citystream.audit.Records.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citystream.model.reading.ClockState;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deployment that goes on while it is looked at, and to which readings come late. */
class LiveDeploymentTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant TEN = EIGHT.plus(Duration.ofHours(2));
    private static final Instant THREE_DAYS_LATER = EIGHT.plus(Duration.ofDays(3));

    @BeforeEach
    void newDeployment() {
        emptyTopics();
    }

    @AfterAll
    static void emptyTopics() {
        kafka.empty(
                Topics.CLOCK,
                Topics.READINGS_TRAFFIC,
                Topics.SUMMARIES_TRAFFIC,
                Topics.READINGS_AIR,
                Topics.SUMMARIES_AIR,
                Topics.READINGS_LATE,
                Topics.EVENTS);
    }

    @Test
    void whatCameTooLateIsKnownFromItsTopic() throws Exception {
        clock(THREE_DAYS_LATER.plusSeconds(3_600));
        Object detector = traffic(1, EIGHT.plusSeconds(30), THREE_DAYS_LATER);
        Object station = air(1, EIGHT.plusSeconds(300), THREE_DAYS_LATER);
        kafka.produce(Topics.READINGS_TRAFFIC, "loop-0421", detector);
        kafka.produce(Topics.READINGS_AIR, "air-07", station);

        JsonNode before = json(1);
        assertThat(before.at("/traffic/uncounted").asInt()).isEqualTo(1);
        assertThat(before.at("/air/uncounted").asInt()).isEqualTo(1);

        kafka.produce(Topics.READINGS_LATE, "loop-0421", late(detector, 259_170));
        kafka.produce(Topics.READINGS_LATE, "air-07", late(station, 258_900));

        JsonNode after = json(0);
        assertThat(after.at("/traffic/late").asInt()).isEqualTo(1);
        assertThat(after.at("/air/late").asInt()).isEqualTo(1);
    }

    @Test
    void anOldWindowThatAReadingHasJustComeToIsNotSettled() throws Exception {
        clock(TEN);
        kafka.produce(Topics.READINGS_TRAFFIC, "loop-0421", traffic(1, EIGHT.plusSeconds(30), TEN.minusSeconds(20)));

        assertThat(json(0).at("/traffic/not-settled-yet").asInt()).isEqualTo(1);

        clock(TEN.plusSeconds(600));
        assertThat(json(1).at("/traffic/uncounted").asInt()).isEqualTo(1);
    }

    /** The store is asked first, so whatever it has is among the summaries then, and among the readings. */
    @Test
    void whatComesWhileTheStoreIsAskedIsNoPointFromNowhere() throws Exception {
        clock(TEN);
        try (AnsweringServer store = new AnsweringServer(null, LiveDeploymentTest::storeThatHasJustHeard)) {
            assertThat(json(0, "--questdb-url", store.url())
                            .at("/traffic/not-settled-yet")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    private static String storeThatHasJustHeard(URI asked) {
        if (String.valueOf(asked.getQuery()).contains("FROM+air")) {
            return "{\"dataset\":[]}";
        }
        kafka.produce(Topics.READINGS_TRAFFIC, "loop-0421", traffic(1, EIGHT.plusSeconds(30), TEN));
        kafka.produce(Topics.SUMMARIES_TRAFFIC, "ring", summary("ring", EIGHT, 1));
        return "{\"dataset\":[[\"2026-11-23T08:01:00.000000Z\",1]]}";
    }

    @Test
    void anAlertThatOpensWhileAlertsAreAskedForHasItsEpisode() throws Exception {
        clock(TEN);
        try (AnsweringServer alerting = new AnsweringServer(null, LiveDeploymentTest::alertThatHasJustOpened)) {
            assertThat(json(0, "--alerting-url", alerting.url())
                            .at("/alerts/alerts")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    private static @Nullable String alertThatHasJustOpened(URI asked) {
        return switch (asked.getPath()) {
            case "/api/v1/alerts" -> {
                ObjectNode event = JsonCodec.internal().createObjectNode();
                event.put("episodeId", "ep-1").put("transition", "opened").put("kind", "congestion");
                kafka.produce(Topics.EVENTS, "ring", event);
                yield "{\"items\":[{\"alertId\":\"al-1\"}],\"next\":null}";
            }
            case "/api/v1/alerts/al-1" -> "{\"alertId\":\"al-1\",\"episodeId\":\"ep-1\",\"state\":\"firing\"}";
            case "/api/v1/webhooks" -> "{\"items\":[],\"next\":null}";
            default -> null;
        };
    }

    @Test
    void withoutAnAnnouncedClockTheStampsTellIt() throws Exception {
        kafka.produce(Topics.READINGS_TRAFFIC, "loop-0421", traffic(1, EIGHT.plusSeconds(30), EIGHT.plusSeconds(31)));
        assertThat(json(0).at("/traffic/not-settled-yet").asInt()).isEqualTo(1);

        ProducerRecord<@Nullable String, byte[]> tick =
                record(Topics.READINGS_TRAFFIC, 0, TEN, new ClockTick(TEN, EIGHT));
        tick.headers().add(ClockTick.HEADER, "".getBytes(StandardCharsets.UTF_8));
        kafka.produce(tick);

        assertThat(json(1).at("/traffic/uncounted").asInt()).isEqualTo(1);
    }

    @Test
    void readingsOfWhichNobodyKnowsWhenTheyCameCannotBeJudged() throws Exception {
        kafka.produce(Topics.READINGS_TRAFFIC, "loop-0421", traffic(1, EIGHT.plusSeconds(30), null));

        JsonNode report = json(1);

        assertThat(report.at("/clock/unknown").asInt()).isEqualTo(1);
        assertThat(report.at("/examples/clock~1unknown/0").asText()).contains("no window could be judged");
    }

    private static void clock(Instant now) {
        kafka.produce(Topics.CLOCK, null, new ClockState(now, 1, null, "simulated"));
    }

    private static JsonNode json(int status, String... options) throws Exception {
        String[] all = new String[options.length + 1];
        all[0] = "--json";
        System.arraycopy(options, 0, all, 1, options.length);
        Verification verification = Verification.run(kafka.bootstrapServers(), TEN, all);
        assertThat(verification.status()).as(verification.toString()).isEqualTo(status);
        return JsonCodec.internal().readTree(verification.out());
    }
}
