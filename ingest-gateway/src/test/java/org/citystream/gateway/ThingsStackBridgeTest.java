package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.Mosquitto;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bridge of docs/formats.md, between our Mosquitto and a network server that speaks MQTT 3.1.1 at QoS 0 and lets in one
 * user with a key.
 */
class ThingsStackBridgeTest {
    private static final String USER = "app1@tenant1";
    private static final String KEY = "NNSXS.SECRET";
    private static final String TOPIC = "v3/" + USER + "/devices/dev1/up";
    private static final String ROUTE = "--format-routes=v3/+/devices/+/up=things-stack@lindholm";

    @TempDir
    Path directory;

    private int serverPort;
    private int counter;

    @Test
    void uplinksComeInAlsoAfterTheLineWasBrokenAndWhileTheGatewayIsAway() throws Exception {
        Path ours = Files.createDirectories(directory.resolve("ours"));
        try (Mosquitto server = networkServer();
                City city = new City(directory, Broker.mosquittoWith(ours, bridge()))) {
            try (Gateway gateway = city.gateway(ROUTE)) {
                Probe.of(gateway).awaitReady();
                uplinkUntilOneComes(city);
                server.stop();
                server.start();
                uplinkUntilOneComes(city);
            }
            int before = city.readings(Topics.READINGS_AIR).size();
            uplink();
            try (Gateway gateway = city.gateway(ROUTE)) {
                await().atMost(Probe.PATIENCE)
                        .until(() -> city.readings(Topics.READINGS_AIR).size() > before);
                assertThat(Probe.of(gateway).metric("gateway_rejected_total")).isZero();
            }
            ConsumerRecord<@Nullable String, byte[]> record =
                    city.readings(Topics.READINGS_AIR).get(0);
            assertThat(City.header(record, "mqtt-topic")).isEqualTo(TOPIC);
            assertThat(JsonCodec.read(record.value(), AirQualityReading.class).temperatureC())
                    .isEqualTo(21.5);
        }
    }

    private Mosquitto networkServer() throws IOException {
        serverPort = Mosquitto.freePort();
        Path server = Files.createDirectories(directory.resolve("server"));
        Path users = server.resolve("users");
        run(Mosquitto.program("mosquitto_passwd"), "-b", "-c", users.toString(), USER, KEY);
        return Mosquitto.startWith(
                server,
                serverPort,
                "listener " + serverPort + " 127.0.0.1",
                "allow_anonymous false",
                "password_file " + users);
    }

    private java.util.List<String> bridge() throws IOException {
        return Documentation.block("formats.md", "things-stack-bridge.conf")
                .replace("eu1.cloud.thethings.network:8883", "127.0.0.1:" + serverPort)
                .replace("bridge_capath", "# bridge_capath")
                .replace("APPLICATION@TENANT", USER)
                .replace("API-KEY", KEY)
                .replace("restart_timeout 5 60", "restart_timeout 1")
                .lines()
                .toList();
    }

    private void uplinkUntilOneComes(City city) {
        int before = city.readings(Topics.READINGS_AIR).size();
        await().atMost(Probe.PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            uplink();
            return city.readings(Topics.READINGS_AIR).size() > before;
        });
    }

    /** As the network server does: MQTT 3.1.1, QoS 0. */
    private void uplink() throws IOException {
        counter++;
        run(
                Mosquitto.program("mosquitto_pub"),
                "-V",
                "mqttv311",
                "-p",
                Integer.toString(serverPort),
                "-u",
                USER,
                "-P",
                KEY,
                "-t",
                TOPIC,
                "-m",
                """
                {"end_device_ids":{"device_id":"dev1","application_ids":{"application_id":"app1"}},
                 "received_at":"2026-02-12T15:15:46.014773143Z",
                 "uplink_message":{"f_cnt":%d,"received_at":"2026-02-12T15:15:45.787Z",
                  "normalized_payload":[{"air":{"temperature":21.5}}]}}""".formatted(counter));
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
