package org.citystream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.HostileNames;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.LogLines;
import org.citystream.testsupport.QuestDbExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may call things, in paths and queries of the dashboard: refused with a reason, or answered as it was asked. */
class HostileQueriesTest {
    private static final List<String> NAMES = HostileNames.all();
    private static final String LAST_HALF_HOUR = "&from=2026-11-23T07:02:00Z&to=2026-11-23T07:32:00Z";
    private static final String SERIES = "/api/v1/series?measurement=traffic&field=speed_kmh" + LAST_HALF_HOUR;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final QuestDbExtension questDb = new QuestDbExtension();

    private static FakeAlerting alerting;
    private static TestDashboard dashboard;
    private static LogLines log;

    /** A loop with each name, on a road and a corridor of that name. */
    @BeforeAll
    static void start() throws Exception {
        kafka.empty(Topics.SENSORS, Topics.CLOCK, Topics.EVENTS);
        new SampleStore(questDb.url(), questDb.jdbcUrl()).create();
        Sensor like = SampleCity.sensors().get(0);
        List<ProducerRecord<@Nullable String, byte[]>> loops = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            ObjectNode loop = JsonCodec.internal().valueToTree(like);
            loop.put("sensorId", "loop-" + i).put("name", name);
            loop.put("roadSegmentId", name).put("corridorId", name);
            loops.add(new ProducerRecord<>(Topics.SENSORS.name(), "loop-" + i + "@1", JsonCodec.write(loop)));
        }
        kafka.produce(loops);
        new SampleStream(kafka::produce).tick(SampleCity.NOW);
        alerting = FakeAlerting.start();
        log = new LogLines("org.citystream.dashboard");
        dashboard = TestDashboard.start(kafka.bootstrapServers(), questDb.jdbcUrl(), alerting.url());
        Awaitility.await().atMost(KafkaExtension.PATIENCE).until(() -> sensors().size() == NAMES.size());
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        alerting.close();
        log.close();
    }

    @AfterEach
    void noLineIsForged() {
        log.assertNoneIsForged();
    }

    private static List<JsonNode> sensors() {
        List<JsonNode> sensors = new ArrayList<>();
        json(ask("/api/v1/sensors", 200)).path("features").forEach(feature -> sensors.add(feature.path("properties")));
        return sensors;
    }

    @Test
    void sensorsComeAsTheyAreRegistered() {
        for (String field : List.of("name", "roadSegmentId", "corridorId")) {
            assertThat(sensors())
                    .extracting(sensor -> sensor.path(field).textValue())
                    .containsExactlyInAnyOrderElementsOf(NAMES);
        }
        for (JsonNode sensor : sensors()) {
            String number = sensor.path("sensorId").textValue().substring("loop-".length());
            assertThat(sensor.path("name").textValue()).isEqualTo(NAMES.get(Integer.parseInt(number)));
        }
    }

    @Test
    void seriesAreOfTheSubjectThatWasAskedFor() {
        for (String name : NAMES) {
            HttpResponse<String> answer = ask(SERIES + "&subject=" + TestDashboard.encoded(name), 200, 400);
            if (answer.statusCode() == 200) {
                assertThat(json(answer).path("subject").textValue()).isEqualTo(name);
                assertThat(json(answer).path("points"))
                        .hasSize(30)
                        .allMatch(point -> point.get(1).isNull());
            } else {
                assertThat(name.length() > 256 || name.indexOf('\0') >= 0)
                        .as(name)
                        .isTrue();
            }
        }
    }

    @Test
    void corridorsAreThoseThatWereAskedFor() {
        int found = 0;
        for (String name : NAMES) {
            String path = "/api/v1/corridors/" + segment(name) + "/series?field=speed_kmh" + LAST_HALF_HOUR;
            HttpResponse<String> answer = ask(path, 200, 400, 404);
            if (answer.statusCode() == 200) {
                found++;
                assertThat(json(answer).path("corridor").textValue()).isEqualTo(name);
                assertThat(json(answer).path("segments").fieldNames())
                        .toIterable()
                        .containsExactly(name);
            }
        }
        assertThat(found).as("those that a path has room for").isGreaterThan(NAMES.size() / 4);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        List<String> paths = List.of(
                "/api/v1/sensors/x%s/readings", "/api/v1/alerts/x%s", "/api/v1/x%s", "/lib/x%s", "/tables/x%s", "/x%s");
        for (int i = 0; i < NAMES.size(); i++) {
            ask(inTurn(paths, i).formatted(segment(NAMES.get(i))), 400, 404);
        }
    }

    @Test
    void episodesOfNobodyAreNone() {
        for (String name : NAMES) {
            String value = TestDashboard.encoded(name);
            HttpResponse<String> answer =
                    ask("/api/v1/episodes?subject=" + value + "&corridor=" + value + LAST_HALF_HOUR, 200);
            assertThat(json(answer).path("episodes")).isEmpty();
        }
    }

    @Test
    void whatIsNoTimeAndNoFieldIsRefused() {
        List<String> queries = List.of(
                "/api/v1/series?subject=a&field=speed_kmh&measurement=",
                "/api/v1/series?subject=a&measurement=traffic&field=",
                SERIES + "&subject=a&step=",
                "/api/v1/series?subject=a&field=speed_kmh&measurement=traffic&from=",
                "/api/v1/series?subject=a&field=speed_kmh&measurement=traffic&to=",
                "/api/v1/snapshot?at=",
                "/api/v1/episodes?to=2026-11-23T07:32:00Z&from=",
                "/api/v1/episodes?from=2026-11-23T07:32:00Z&to=");
        for (int i = 0; i < NAMES.size(); i++) {
            ask(inTurn(queries, i) + TestDashboard.encoded("x" + NAMES.get(i)), 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C0%80", "%ED%A0%BD", "%F0%9F", "%00", "a%00b", "%0d%0aX:y"})
    void bytesThatAreNoTextAreRefusedOrFindNothing(String bytes) {
        ask("/api/v1/sensors/" + bytes + "/readings", 400, 404);
        ask("/api/v1/corridors/" + bytes + "/series?field=speed_kmh", 400, 404);
        ask("/" + bytes, 400, 404);
        ask("/api/v1/snapshot?at=" + bytes, 400);
        ask(SERIES + "&subject=" + bytes, 200, 400);
    }

    /** One of these answers, and none that a browser takes for a page. */
    private static HttpResponse<String> ask(String path, Integer... statuses) {
        HttpResponse<String> answer = dashboard.get(path);
        assertThat(answer.statusCode()).as(path + answer.body()).isIn((Object[]) statuses);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).as(path).matches("application/((geo|problem)\\+)?json.*"));
        if (answer.statusCode() >= 400) {
            assertThat(json(answer).path("title").asText()).as(path).isNotBlank();
        }
        return answer;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonCodec.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private static String segment(String name) {
        return TestDashboard.encoded(name).replace("+", "%20");
    }

    private static String inTurn(List<String> texts, int turn) {
        return texts.get(turn % texts.size());
    }
}
