package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.ChildJvm;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.MessageCallback;
import org.citystream.testsupport.MqttExtension;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator at work on rejected messages, with a real Kafka and a real broker. */
class RejectedCommandTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final MqttExtension mqtt = new MqttExtension();

    private static final String TOPIC = "city/lindholm/traffic/loop-";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final BlockingQueue<MqttMessage> arrived = new LinkedBlockingQueue<>();

    @BeforeEach
    void reject() {
        System.setProperty("city.home", directory.toString());
        kafka.empty(Topics.READINGS_REJECTED);
        rejected(1, "bad-time", "2026-11-23T08:00:00Z", "{\"observedAt\":\"yesterday\"}", null);
        rejected(2, "malformed-json", "2026-11-23T09:00:00Z", "{\u001b[2J", null);
        rejected(3, "bad-time", "2026-11-23T10:00:00Z", "{\"observedAt\":\"today\"}", "0-0");
    }

    @AfterEach
    void forget() {
        System.clearProperty("city.home");
    }

    private static void rejected(
            int loop, String reason, String receivedAt, String payload, @Nullable String replayOf) {
        ProducerRecord<@Nullable String, byte[]> record = new ProducerRecord<>(
                Topics.READINGS_REJECTED.name(), TOPIC + loop, payload.getBytes(StandardCharsets.UTF_8));
        header(record, "reason", reason);
        header(record, "detail", "because of " + reason);
        header(record, "mqtt-topic", TOPIC + loop);
        header(record, "received-at", receivedAt);
        header(record, "decoder", "native-json");
        if (replayOf != null) {
            header(record, "replay-of", replayOf);
        }
        kafka.produce(record);
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new java.util.ArrayList<>(List.of("rejected"));
        all.addAll(List.of(arguments));
        all.add("--kafka=" + kafka.bootstrapServers());
        CommandLine commandLine = CityMain.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(all.toArray(String[]::new));
    }

    private MqttAsyncClient listen() throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(mqtt.url(), "replayed", new MemoryPersistence());
        client.setCallback(new Arrivals());
        client.connect().waitForCompletion(10_000);
        client.subscribe(new MqttSubscription[] {new MqttSubscription(TOPIC.replace("loop-", "+"), 1)})
                .waitForCompletion(10_000);
        return client;
    }

    /** Keeps what comes. */
    private final class Arrivals implements MessageCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            arrived.add(message);
        }
    }

    @Test
    void listSaysWhyAndCounts() {
        assertThat(run("list")).as("%s", err).isZero();
        assertThat(out.toString())
                .contains("0-0 ", "bad-time", TOPIC + 1, "because of bad-time", "(replay of 0-0)")
                .contains("3 rejected message(s): bad-time 2, malformed-json 1");
        assertThat(run("list", "--reason", "malformed-json")).isZero();
        assertThat(out.toString()).contains("0-1 ").doesNotContain("0-0 ");
        assertThat(run("list", "--sensor", "loop-3", "--since", "2026-11-23T09:30:00Z"))
                .isZero();
        assertThat(out.toString()).contains("0-2 ").doesNotContain("0-1 ");
        assertThat(run("list", "--reason", "bad-tim")).isZero();
        assertThat(out.toString()).contains("none of these; there are others: bad-time 2, malformed-json 1");
        assertThat(run("list", "--limit", "1")).isZero();
        assertThat(out.toString()).contains("shown: the newest 1");
    }

    @Test
    void showPrintsBytesThatDoNothingToTheTerminal() {
        assertThat(run("show", "0-1")).isZero();
        assertThat(out.toString())
                .contains("reason      malformed-json", "{\\u001b[2J")
                .doesNotContain("\u001b");
        assertThat(run("show", "0-1", "--hex")).isZero();
        assertThat(out.toString()).contains("7b 1b 5b 32 4a");
        assertThat(run("show", "0-77")).isEqualTo(1);
        assertThat(err.toString()).contains("none of these").contains("what to do: look at ./city rejected list");
    }

    @Test
    void correctedBatchIsSentThroughMqttOnceAndNoted() throws Exception {
        Path corrections = directory.resolve("corrections");
        assertThat(run("show", "--reason", "bad-time", "--save", corrections.toString()))
                .isZero();
        assertThat(corrections.resolve("0-0")).hasContent("{\"observedAt\":\"yesterday\"}");
        Files.writeString(corrections.resolve("0-0"), "{\"observedAt\":\"2026-11-23T07:59:00Z\"}");
        MqttAsyncClient listener = listen();
        try {
            String[] replay = {
                "replay",
                "--corrected",
                corrections.toString(),
                "--mqtt",
                mqtt.url(),
                "--data-dir",
                directory.toString()
            };
            assertThat(run(replay)).as("%s", err).isZero();
            assertThat(out.toString()).contains("0-0  sent again, corrected, to " + TOPIC + 1, "2 sent again");
            MqttMessage message = arrived.poll(20, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            assertThat(new String(message.getPayload(), StandardCharsets.UTF_8)).contains("07:59:00Z");
            assertThat(message.getProperties().getUserProperties().get(0).getValue())
                    .isEqualTo("0-0");
            assertThat(Files.readString(directory.resolve("rejected-replays.jsonl")))
                    .contains("\"id\":\"0-0\"", "\"by\":", "\"originalSha256\":", "\"sentSha256\":");

            assertThat(run(replay)).isZero();
            assertThat(out.toString()).contains("0 sent again, 2 passed over");
        } finally {
            listener.disconnect().waitForCompletion(10_000);
            listener.close();
        }
    }

    @Test
    void replayByReasonPassesReplaysOverAndSaysSo() {
        assertThat(run("replay", "--reason", "bad-time", "--dry-run", "--data-dir", directory.toString()))
                .as("%s", err)
                .isZero();
        assertThat(out.toString())
                .contains("0-2  passed over: it is a replay itself")
                .contains("1 would be sent again, 1 passed over");
    }

    @Test
    void whereNobodyListensNothingIsNotedAsSent() {
        assertThat(run(
                        "replay",
                        "0-0",
                        "--to",
                        "nobody/listens",
                        "--mqtt",
                        mqtt.url(),
                        "--data-dir",
                        directory.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("nobody is subscribed to nobody/listens", "what to do");
        assertThat(directory.resolve("rejected-replays.jsonl")).doesNotExist();
    }

    @Test
    void batchIsSavedWholeHoweverLargeItIs() {
        for (int i = 0; i < 30; i++) {
            rejected(9, "too-deep", "2026-11-23T11:00:00Z", "[" + i, null);
        }
        Path saved = directory.resolve("saved");
        assertThat(run("show", "--reason", "too-deep", "--save", saved.toString()))
                .isZero();
        assertThat(saved.toFile().list()).hasSize(30);
        assertThat(run("show", "--reason", "too-deep")).isZero();
        assertThat(out.toString()).contains("shown: the newest 20");
    }

    /** With the memory that the {@code city} script gives it. */
    @Test
    void moreThanFitsIntoMemoryIsReplayed() {
        String large = "x".repeat(250_000);
        for (int i = 0; i < 400; i++) {
            rejected(9, "malformed-json", "2026-11-23T11:00:00Z", large, null);
        }
        try (ChildJvm city = ChildJvm.start(
                List.of("-Xmx64m", "-Dcity.home=" + directory),
                CityMain.class,
                "rejected",
                "replay",
                "--reason=malformed-json",
                "--dry-run",
                "--data-dir=" + directory,
                "--kafka=" + kafka.bootstrapServers())) {
            assertThat(city.awaitEnd()).isZero();
        }
    }

    @Test
    void wrongUsageSaysWhatIsWrong() {
        assertThat(run("replay")).isEqualTo(2);
        assertThat(err.toString()).contains("say which");
        assertThat(run("show", "17")).isEqualTo(2);
        assertThat(err.toString()).contains("they look like 0-1041");
        assertThat(run("list", "--since", "noon")).isEqualTo(2);
        assertThat(run("replay", "--corrected", directory.resolve("none").toString()))
                .isEqualTo(1);
    }
}
