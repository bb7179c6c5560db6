package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one database and one consumer group. */
class TwoInstancesTest {
    private static final Pattern EVENTS = Pattern.compile("citystream_alerting_events_total\\{[^}]*} ([0-9.]+)");
    private static final Pattern ATTEMPTS =
            Pattern.compile("citystream_alerting_webhook_attempts_seconds_count\\{[^}]*} ([0-9.]+)");

    private static final String RULE =
            "{id: by-both, kind: air-exceedance, pollutant: no2, above: %d ug/m3, consecutive-hours: 3}";
    private static final int CHANGES = 8;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path directory;

    private int segments;

    @Test
    void theyShareTheWorkAndOneGoesOnForBoth() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        try (Receiver receiver = Receiver.start();
                Service one = Service.start(kafka, postgres, directory).awaitReady()) {
            one.post("/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\"}");
            Service two = Service.start(kafka, postgres, directory);
            List<String> streamed = new CopyOnWriteArrayList<>();
            try (Stream<String> lines = one.follow("/api/v1/alerts/live")) {
                Thread reader = new Thread(() -> read(lines, streamed));
                reader.setDaemon(true);
                reader.start();
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                    publish(4);
                    return sum(EVENTS, one) > 0 && sum(EVENTS, two) > 0;
                });
                publish(40);
                awaitOnce(receiver);
                assertThat(sum(ATTEMPTS, one) + sum(ATTEMPTS, two)).isEqualTo(segments);
                assertThat(sum(ATTEMPTS, one)).isPositive();
                assertThat(sum(ATTEMPTS, two)).isPositive();
                awaitAllOfTheLast(40, streamed);
            } finally {
                two.close();
            }

            publish(20);
            awaitOnce(receiver);
        }
    }

    /** Each takes the other's place as the writer of the rules, for one change, and neither loses it for good. */
    @Test
    void bothChangeRulesAtOnceAndNoChangeIsLost() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        try (Service one = Service.start(kafka, postgres, directory).awaitReady();
                Service two = Service.start(kafka, postgres, directory).awaitReady()) {
            List<Integer> statuses = IntStream.range(0, CHANGES)
                    .parallel()
                    .mapToObj(i -> (i % 2 == 0 ? one : two)
                            .send("PUT", "/api/v1/rules", RULE.formatted(200 + i), Service.TOKEN)
                            .status())
                    .toList();

            assertThat(statuses).hasSize(CHANGES).allMatch(status -> status == 200);
            for (Service each : List.of(one, two)) {
                assertThat(each.get("/api/v1/rules?id=by-both&versions=all")
                                .json()
                                .path("items"))
                        .extracting(rule -> rule.path("version").intValue())
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, CHANGES).boxed().toList());
            }
        }
    }

    private static void read(Stream<String> lines, List<String> streamed) {
        try {
            lines.filter(line -> line.startsWith("data: "))
                    .forEach(line -> streamed.add(JsonCodec.read(
                                    line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8), JsonNode.class)
                            .path("subject")
                            .path("id")
                            .textValue()));
        } catch (UncheckedIOException e) {
            // The stream has been ended.
        }
    }

    /** The stream of one instance shows what the other has changed as well, once. */
    private void awaitAllOfTheLast(int count, List<String> streamed) {
        List<String> expected = IntStream.range(segments - count, segments)
                .mapToObj(i -> "pair-" + i)
                .toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(streamed).containsAll(expected));
        assertThat(streamed).doesNotHaveDuplicates();
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            String segment = "pair-" + segments++;
            kafka.produce(Topics.EVENTS, segment, Events.on(segment).opened());
        }
    }

    private void awaitOnce(Receiver receiver) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> receiver.received().size() >= segments);
        assertThat(receiver.received())
                .hasSize(segments)
                .extracting(received -> received.header("webhook-id"))
                .doesNotHaveDuplicates();
    }

    private static int sum(Pattern metric, Service service) {
        Matcher values = metric.matcher(service.get("/metrics").body());
        double sum = 0;
        while (values.find()) {
            sum += Double.parseDouble(values.group(1));
        }
        return (int) sum;
    }
}
