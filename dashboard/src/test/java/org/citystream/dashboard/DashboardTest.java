package org.citystream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard's HTTP interface on a real Kafka and a real QuestDB. */
class DashboardTest {
    private static final String SERIES = "/api/v1/series?measurement=traffic&field=speed_kmh";
    private static final String LAST_HALF_HOUR = "&from=2026-11-23T07:02:00Z&to=2026-11-23T07:32:00Z";

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final QuestDbExtension questDb = new QuestDbExtension();

    private static FakeAlerting alerting;
    private static TestDashboard dashboard;

    @BeforeAll
    static void startWithASampleCity() throws Exception {
        kafka.empty(
                Topics.SENSORS,
                Topics.EVENTS,
                Topics.SENSOR_HEALTH,
                Topics.SUMMARIES_TRAFFIC,
                Topics.SUMMARIES_AIR,
                Topics.CLOCK);
        SampleStore store = new SampleStore(questDb.url(), questDb.jdbcUrl());
        store.create();
        store.writeSampleCity();
        new SampleStream(kafka::produce).writeAll();
        alerting = FakeAlerting.start();
        SampleCity.events().forEach(alerting::add);
        dashboard = TestDashboard.start(kafka.bootstrapServers(), questDb.jdbcUrl(), alerting.url());
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        alerting.close();
    }

    @Test
    void sensorsAreTheRegistryAsGeoJsonWithTheirLatest() throws Exception {
        JsonNode collection = json(dashboard.get("/api/v1/sensors"));

        assertThat(collection.path("type").asText()).isEqualTo("FeatureCollection");
        assertThat(collection.path("features")).hasSize(79);
        JsonNode road = feature(collection, "loop-" + SampleCity.ACCIDENT_SEGMENT);
        assertThat(road.at("/geometry/type").asText()).isEqualTo("LineString");
        assertThat(road.at("/geometry/coordinates")).hasSizeGreaterThan(2);
        assertThat(road.at("/properties/corridorId").asText()).isEqualTo("lind-ring");
        assertThat(road.at("/properties/latest/speedRatio").asDouble()).isBetween(0.05, 0.3);
        JsonNode station = feature(collection, SampleCity.STUCK_STATION);
        assertThat(station.at("/geometry/type").asText()).isEqualTo("Point");
        assertThat(station.at("/properties/latest/europeanIndex").asInt()).isBetween(1, 6);
        assertThat(station.at("/properties/health/state").asText()).isEqualTo("stuck");
    }

    @Test
    void aSeriesHasOnePointForEachStepAndTheCatalogueUnit() throws Exception {
        JsonNode series =
                json(dashboard.get(SERIES + "&subject=" + SampleCity.ACCIDENT_SEGMENT + LAST_HALF_HOUR + "&step=PT1M"));

        assertThat(series.path("measurement").asText()).isEqualTo("traffic");
        assertThat(series.path("subject").asText()).isEqualTo(SampleCity.ACCIDENT_SEGMENT);
        assertThat(series.path("field").asText()).isEqualTo("speed_kmh");
        assertThat(series.path("unit").asText()).isEqualTo("km/h");
        assertThat(series.path("points")).hasSize(30);
        assertThat(series.at("/points/0/0").asText()).isEqualTo("2026-11-23T07:03:00Z");
        assertThat(series.at("/points/0/1").asDouble()).isGreaterThan(60);
        assertThat(series.at("/points/29/1").asDouble()).isLessThan(30);
    }

    @Test
    void whereThereIsNoDataASeriesHasNull() throws Exception {
        JsonNode series = json(dashboard.get(SERIES + "&subject=nobody" + LAST_HALF_HOUR + "&step=PT10M"));

        assertThat(series.path("points"))
                .hasSize(3)
                .allSatisfy(point -> assertThat(point.get(1).isNull()).isTrue());
    }

    @Test
    void aCorridorIsReadInOneAnswer() throws Exception {
        JsonNode series = json(
                dashboard.get("/api/v1/corridors/lind-out/series?field=speed_kmh" + LAST_HALF_HOUR + "&step=PT1M"));

        assertThat(series.path("unit").asText()).isEqualTo("km/h");
        assertThat(series.path("times")).hasSize(30);
        assertThat(series.path("segments")).hasSize(20);
        assertThat(series.at("/segments/lind-out-01/29").asDouble()).isGreaterThan(20);
        assertThat(series.at("/segments/" + SampleCity.SILENT_SEGMENT + "/29").isNull())
                .isTrue();
        assertThat(dashboard
                        .get("/api/v1/corridors/nowhere/series?field=speed_kmh")
                        .statusCode())
                .isEqualTo(404);
        assertThat(dashboard
                        .get("/api/v1/corridors/lind-ring/series?field=speed_kmh&step=PT1S"
                                + "&from=2026-11-23T01:00:00Z&to=2026-11-23T06:30:00Z")
                        .statusCode())
                .as("more values than anybody looks at")
                .isEqualTo(400);
    }

    @Test
    void withoutTimesASeriesIsTheLastThreeHours() throws Exception {
        JsonNode series = json(dashboard.get(SERIES + "&subject=" + SampleCity.ACCIDENT_SEGMENT));

        assertThat(series.path("points")).hasSize(180);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/series",
                "/api/v1/series?measurement=traffic;DROP%20TABLE%20traffic&subject=a&field=speed_kmh",
                "/api/v1/series?measurement=traffic&subject=a&field=speed_kmh)%20FROM%20traffic--",
                SERIES + "&subject=a&from=yesterday",
                SERIES + "&subject=a&from=2026-11-23T08:00:00Z&to=2026-11-23T07:00:00Z",
                SERIES + "&subject=a&step=PT0S",
                SERIES + "&subject=a&step=PT0.5S",
                SERIES + "&subject=a&step=1m",
                SERIES + "&subject=a&step=PT1S&from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                SERIES + "&subject=a&from=-999999999-01-01T00:00:00Z",
                SERIES + "&subject=a%00b",
                "/api/v1/snapshot?at=now",
                "/api/v1/snapshot?at=-999999999-01-01T00:00:00Z",
                "/api/v1/snapshot?at=%2B999999999-01-01T00:00:00Z"
            })
    void whatCannotBeUnderstoodIsAProblemDocument(String query) throws Exception {
        HttpResponse<String> response = dashboard.get(query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).contains("'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "'; DROP TABLE traffic; --",
                "\\' UNION SELECT * FROM tables() --",
                "<script>alert(1)</script>",
                "${jndi:ldap://x/y}",
                "../../etc/passwd",
                "Ω≈ç√∫ \u202e 社會科學院 𝒳",
                "%s%n%x $1 ? :a {}"
            })
    void aHostileSubjectIsAnsweredAsWrittenAndFindsNothing(String subject) throws Exception {
        JsonNode series = json(dashboard.get(SERIES + LAST_HALF_HOUR + "&subject=" + TestDashboard.encoded(subject)));

        assertThat(series.path("subject").asText()).isEqualTo(subject);
        assertThat(series.path("points"))
                .hasSize(30)
                .allSatisfy(point -> assertThat(point.get(1).isNull()).isTrue());
        assertThat(dashboard
                        .get(SERIES + LAST_HALF_HOUR + "&subject=" + SampleCity.ACCIDENT_SEGMENT)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSnapshotOfNowIsTheLivePicture() throws Exception {
        JsonNode snapshot = json(dashboard.get("/api/v1/snapshot"));

        assertThat(snapshot.path("segments")).hasSize(67);
        assertThat(snapshot.path("stations")).hasSize(12);
        assertThat(snapshot.path("openAlerts")).hasSize(7);
        assertThat(snapshot.at("/segments/" + SampleCity.ACCIDENT_SEGMENT + "/revision")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aSnapshotOfThePastIsAsItWasThen() throws Exception {
        Instant before = SampleCity.ACCIDENT.minusSeconds(60);
        JsonNode snapshot = json(dashboard.get("/api/v1/snapshot?at=" + before));

        JsonNode road = snapshot.at("/segments/" + SampleCity.ACCIDENT_SEGMENT);
        assertThat(road.path("windowEnd").asText()).isEqualTo(before.toString());
        assertThat(road.path("spaceMeanSpeedKmh").asDouble()).isGreaterThan(60);
        assertThat(snapshot.at("/stations/" + SampleCity.BUSY_STATION + "/no2UgM3")
                        .isNumber())
                .isTrue();
        assertThat(snapshot.path("openAlerts")).hasSize(2);
    }

    @Test
    void theClockSaysWhoseTimeItIs() throws Exception {
        assertThat(dashboard.get("/api/v1/clock").body())
                .isEqualTo("{\"now\":\"2026-11-23T07:32:00Z\",\"speed\":1.0,\"source\":\"simulated\"}");
    }

    @Test
    void alertsComeFromTheAlertingService() throws Exception {
        assertThat(json(dashboard.get("/api/v1/alerts?state=firing")).path("items"))
                .hasSize(7);
        assertThat(json(dashboard.get("/api/v1/alerts/al-" + SampleCity.EPISODE))
                        .at("/evidence/baseline")
                        .asText())
                .isEqualTo("configured");
        assertThat(dashboard.get("/api/v1/alerts/al-unknown").statusCode()).isEqualTo(404);
        assertThat(dashboard.get("/api/v1/alerts/..%2f..%2fwebhooks").statusCode())
                .isIn(400, 404);
    }

    @Test
    void whatAnOperatorDoesIsPassedOnWithTheirToken() throws Exception {
        String acknowledge = "/api/v1/alerts/al-" + SampleCity.EPISODE + "/acknowledge";
        HttpResponse<String> nobody = dashboard.send("POST", acknowledge, "{}");
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(json(nobody).path("detail").asText()).contains("token");

        String[] operator = {"Authorization", "Bearer " + FakeAlerting.TOKEN};
        assertThat(dashboard.send("POST", acknowledge, "{}", operator).statusCode())
                .isEqualTo(200);
        HttpResponse<String> silence =
                dashboard.send("POST", "/api/v1/silences", "{\"corridors\":[\"lind-ring\"]}", operator);
        assertThat(silence.statusCode()).isEqualTo(201);
        assertThat(json(dashboard.get("/api/v1/silences")).path("items")).hasSize(1);
        String id = json(silence).path("id").asText();
        assertThat(dashboard
                        .send("DELETE", "/api/v1/silences/" + id, "", operator)
                        .statusCode())
                .isEqualTo(204);
        assertThat(json(dashboard.get("/api/v1/webhooks/wh-1/deliveries"))
                        .at("/items/0/state")
                        .asText())
                .isEqualTo("delivered");
    }

    @Test
    void aChangeThatAnotherSitesPageAsksForIsRefused() throws Exception {
        String comment = "/api/v1/alerts/al-" + SampleCity.EPISODE + "/comment";
        String[] crossSite = {"Authorization", "Bearer " + FakeAlerting.TOKEN, "Sec-Fetch-Site", "cross-site"};
        String[] otherOrigin = {"Authorization", "Bearer " + FakeAlerting.TOKEN, "Origin", "https://evil.example"};
        String[] own = {
            "Authorization", "Bearer " + FakeAlerting.TOKEN, "Sec-Fetch-Site", "same-origin", "Origin", dashboard.url()
        };

        assertThat(dashboard.send("POST", comment, "{}", crossSite).statusCode())
                .isEqualTo(403);
        assertThat(dashboard.send("POST", comment, "{}", otherOrigin).statusCode())
                .isEqualTo(403);
        assertThat(dashboard.send("POST", comment, "{}", own).statusCode()).isEqualTo(200);
        HttpResponse<String> notPassedOn = dashboard.send("POST", "/api/v1/webhooks", "{}", own);
        assertThat(notPassedOn.statusCode())
                .as("what the page has no use for is not passed on")
                .isEqualTo(405);
        assertThat(notPassedOn.headers().allValues("Allow")).containsExactly("GET, HEAD");
        assertThat(dashboard
                        .send("DELETE", "/api/v1/silences", "", own)
                        .headers()
                        .allValues("Allow"))
                .containsExactly("GET, HEAD, POST");
    }

    @Test
    void episodesOfASpanOfTimeHaveTheirStages() throws Exception {
        String span = "?from=2026-11-23T07:00:00Z&to=2026-11-23T07:32:00Z";

        JsonNode all = json(dashboard.get("/api/v1/episodes" + span));
        JsonNode one = json(dashboard.get("/api/v1/episodes" + span + "&subject=" + SampleCity.ACCIDENT_SEGMENT));

        assertThat(all.path("episodes")).hasSize(8);
        assertThat(one.path("episodes")).hasSize(1);
        assertThat(json(dashboard.get("/api/v1/episodes" + span + "&corridor=lind-ring"))
                        .path("episodes"))
                .hasSize(5);
        assertThat(one.at("/episodes/0/episodeId").asText()).isEqualTo(SampleCity.EPISODE);
        assertThat(one.at("/episodes/0/stages/0/severity").asText()).isEqualTo("severe");
        assertThat(dashboard.get("/api/v1/episodes?from=2026-11-23T07:00:00Z").statusCode())
                .isEqualTo(400);
        assertThat(dashboard
                        .get("/api/v1/episodes?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void withoutAnAlertingServiceTheRestGoesOn() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (TestDashboard alone = TestDashboard.start(kafka.bootstrapServers(), questDb.jdbcUrl(), nobody)) {
            HttpResponse<String> alerts = alone.get("/api/v1/alerts");

            assertThat(alerts.statusCode()).isEqualTo(502);
            assertThat(json(alerts).path("title").asText()).contains("alerting service");
            assertThat(json(alone.get("/api/v1/snapshot")).path("openAlerts")).hasSize(7);
        }
    }

    @Test
    void aSensorsLastReadingsAreFoundAmongThoseOfOthers() throws Exception {
        String sensor = "loop-" + SampleCity.ACCIDENT_SEGMENT;
        for (int i = 0; i < 30; i++) {
            kafka.produce(Topics.READINGS_TRAFFIC, sensor, Map.of("sensorId", sensor, "sequence", i));
            kafka.produce(Topics.READINGS_TRAFFIC, "loop-lind-in-01", Map.of("sensorId", "other"));
        }

        JsonNode readings =
                json(dashboard.get("/api/v1/sensors/" + sensor + "/readings")).path("readings");

        assertThat(readings).hasSize(20);
        assertThat(readings.at("/0/sequence").asInt()).isEqualTo(29);
        assertThat(readings.at("/19/sequence").asInt()).isEqualTo(10);
        assertThat(dashboard.get("/api/v1/sensors/loop-nobody/readings").statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyLiveClientHearsEverything() throws Exception {
        List<EventStream> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(EventStream.open(dashboard.url() + "/api/v1/live"));
        }
        clients.forEach(client -> client.await(heard -> heard.name().equals("clock")));
        Instant later = SampleCity.NOW.plusSeconds(60);

        kafka.produce(Topics.SUMMARIES_TRAFFIC, "lind-in-01", SampleCity.traffic("lind-in-01", later));
        kafka.produce(
                Topics.SENSOR_HEALTH,
                SampleCity.BUSY_STATION,
                SampleCity.health().get(2));
        kafka.produce(Topics.EVENTS, "x", SampleCity.events().get(0));

        for (EventStream client : clients) {
            client.await(heard -> heard.name().equals("summary") && heard.data().contains("lind-in-01"));
            client.await(heard -> heard.name().equals("health") && heard.data().contains(SampleCity.BUSY_STATION));
            client.await(heard -> heard.name().equals("event") && heard.data().contains(SampleCity.EPISODE));
            client.close();
        }
    }

    @Test
    void aRecordThatCannotBeReadHoldsUpNothing() throws Exception {
        try (EventStream client = EventStream.open(dashboard.url() + "/api/v1/live")) {
            kafka.produce(Topics.SUMMARIES_TRAFFIC.name(), "lind-in-02", new byte[] {'{'});
            kafka.produce(
                    Topics.SUMMARIES_TRAFFIC,
                    "lind-in-02",
                    SampleCity.traffic("lind-in-02", SampleCity.NOW.plusSeconds(60)));

            client.await(heard -> heard.data().contains("lind-in-02"));
        }
        assertThat(dashboard.get("/metrics").body()).contains("citystream_dashboard_live_records_skipped_total 1");
    }

    @Test
    void thePageIsGuarded() {
        HttpResponse<String> page = dashboard.get("/?alert=al-1");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body())
                .doesNotContain("<script>")
                .doesNotContain("style=")
                .doesNotContain("onclick");
    }

    @Test
    void onlyWhatThePageNeedsIsServed() {
        assertThat(dashboard.get("/lib/leaflet.js").statusCode()).isEqualTo(200);
        assertThat(dashboard.get("/lib/leaflet-src.js").statusCode()).isEqualTo(404);
        assertThat(dashboard.get("/logback.xml").statusCode()).isEqualTo(404);
        assertThat(dashboard.get("/../logback.xml").statusCode()).isIn(400, 404);
        HttpResponse<String> unknown = dashboard.get("/api/v1/unknown");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static JsonNode feature(JsonNode collection, String id) {
        for (JsonNode feature : collection.path("features")) {
            if (feature.path("id").asText().equals(id)) {
                return feature;
            }
        }
        throw new AssertionError("no feature " + id);
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return JsonCodec.internal().readTree(response.body());
    }
}
