package org.citystream.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citystream.testsupport.MessageCallback;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} under load, ten times each at random moments: all that the broker acknowledged to a sensor is in Kafka, in
 * order, and little of it twice. Once each is part of {@link GatewayTest}.
 */
@EnabledIfSystemProperty(
        named = "proofs",
        matches = "true",
        disabledReason = "JVMs started forty times; run it with -Dproofs=true")
class KillTest {
    private static final int KILLS = Integer.getInteger("gateway.kills", 10);
    private static final long SEED = Long.getLong("gateway.kills.seed", System.nanoTime());
    private static final int RATE = 1_000;
    /**
     * What Mosquitto 2.0.11 keeps up with when it saves at each change, with room to spare: it then writes its whole store,
     * and waits for the disk, for every message and for every acknowledgement, and what queues while the gateway is away
     * makes each of these longer. Under more the queue only grows.
     */
    private static final int RATE_OF_DURABLE_MOSQUITTO = 50;
    /** What a kill may repeat: all that the gateway holds, eight times what it asks for, and what sensors send again. */
    private static final int REPEATED_BY_A_KILL = 8 * GatewayProcess.RECEIVE_MAXIMUM + Fleet.AHEAD;
    /**
     * Mosquitto 2.0 acknowledges what it reads in one turn of its loop, a message of each connection, and saves at the
     * turn's end: what it has acknowledged in the very turn in which it is killed is lost. HiveMQ CE 2025.5 loses one of them
     * now and then too, without any gateway: {@link #whatHiveMqLosesByItself}.
     */
    static final int LOST_BY_A_KILL_OF_A_BROKER = 1;

    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    /** A victim that dies under load, again and again. */
    private record Victim(String name, Runnable killAndStart, int lostByAKill, boolean keepsOrder) {
        /** One after which everything must be there, in order. */
        static Victim of(String name, Runnable killAndStart) {
            return new Victim(name, killAndStart, 0, true);
        }
    }

    private void killed(City city, Victim victim, GatewayProcess... gateways) throws Exception {
        killed(city, RATE, victim, gateways);
    }

    private void killed(City city, int rate, Victim victim, GatewayProcess... gateways) throws Exception {
        String prefix = victim.name().replaceAll("[^A-Za-z0-9]", "");
        try (Fleet fleet = Fleet.start(city.mqttUrl(), prefix, rate)) {
            for (int i = 0; i < KILLS; i++) {
                fleet.awaitAcknowledged(fleet.acknowledged() + rate / 2 + random.nextInt(rate));
                victim.killAndStart().run();
            }
            fleet.awaitAcknowledged(fleet.acknowledged() + rate);
            long acknowledged = fleet.settle();
            if (victim.lostByAKill() > 0) {
                awaitAllTaken(gateways);
            }
            assertAllThere(city, rate, victim, prefix, acknowledged);
        }
        for (GatewayProcess gateway : gateways) {
            gateway.probe().awaitReady();
            assertThat(gateway.probe().metric("gateway_session_losses_total")).isZero();
        }
    }

    /** A sounding that comes back says that the broker holds nothing any more. */
    private static void awaitAllTaken(GatewayProcess... gateways) {
        for (GatewayProcess gateway : gateways) {
            await().atMost(Probe.PATIENCE)
                    .until(() -> gateway.probe().metric("gateway_intake_behind") == 0
                            && gateway.probe().metric("gateway_in_flight") == 0);
        }
    }

    private static void assertAllThere(City city, int rate, Victim victim, String prefix, long acknowledged) {
        long mayBeLost = (long) KILLS * victim.lostByAKill();
        try (Arrivals arrivals = new Arrivals(city, prefix)) {
            arrivals.await(acknowledged - mayBeLost);
            System.out.printf(
                    "%s killed %d times under %d messages/s (seed %d): acknowledged %d, in Kafka %d, twice %d, out of order %d%n",
                    victim.name(),
                    KILLS,
                    rate,
                    SEED,
                    acknowledged,
                    arrivals.unique(),
                    arrivals.duplicates(),
                    arrivals.outOfOrder().size());
            assertThat(arrivals.unique()).isBetween(acknowledged - mayBeLost, acknowledged);
            assertThat(arrivals.duplicates()).isLessThanOrEqualTo((long) KILLS * REPEATED_BY_A_KILL);
            if (victim.keepsOrder()) {
                assertThat(arrivals.outOfOrder()).isEmpty();
            }
        }
    }

    private static Victim gateway(String with, GatewayProcess gateway) {
        return Victim.of("gateway (" + with + ")", gateway::killAndStart);
    }

    private static Runnable broker(City city) {
        return () -> {
            city.broker().kill();
            city.broker().start();
        };
    }

    private static Victim kafka(City city) {
        return Victim.of("Kafka", () -> {
            city.kafka().kill();
            city.kafka().start();
        });
    }

    /** The kill of a gateway asks of its broker only that it lives on. */
    @Test
    void gatewayWithMosquitto() throws Exception {
        try (City city = new City(directory, Broker.mosquitto(directory.resolve("mqtt")));
                GatewayProcess gateway = new GatewayProcess(city, "killed")) {
            killed(city, gateway("Mosquitto", gateway), gateway);
        }
    }

    @Test
    void gatewayAndMosquitto() throws Exception {
        try (City city = new City(directory, Broker.durableMosquitto(directory.resolve("mqtt")));
                GatewayProcess gateway = new GatewayProcess(city, "killed")) {
            Victim mosquitto = new Victim("durable Mosquitto", broker(city), LOST_BY_A_KILL_OF_A_BROKER, true);
            killed(city, RATE_OF_DURABLE_MOSQUITTO, gateway("durable Mosquitto", gateway), gateway);
            killed(city, RATE_OF_DURABLE_MOSQUITTO, mosquitto, gateway);
        }
    }

    @Test
    void gatewayHiveMqAndKafka() throws Exception {
        try (City city = new City(directory);
                GatewayProcess gateway = new GatewayProcess(city, "killed")) {
            killed(city, gateway("HiveMQ", gateway), gateway);
            killed(city, new Victim("HiveMQ", broker(city), LOST_BY_A_KILL_OF_A_BROKER, true), gateway);
            killed(city, kafka(city), gateway);
        }
    }

    /** Nobody but a session that is away: what it finds when it comes back is what the broker has kept. */
    @Test
    void whatHiveMqLosesByItself() throws Exception {
        Set<String> kept = ConcurrentHashMap.newKeySet();
        try (Broker broker = Broker.hiveMq(directory)) {
            session(broker, kept).disconnect().waitForCompletion(10_000);
            try (Fleet fleet = Fleet.start(broker.url(), "alone", RATE)) {
                for (int i = 0; i < KILLS; i++) {
                    fleet.awaitAcknowledged(fleet.acknowledged() + RATE / 2 + random.nextInt(RATE));
                    broker.kill();
                    broker.start();
                }
                fleet.awaitAcknowledged(fleet.acknowledged() + RATE);
                long acknowledged = fleet.settle();
                MqttAsyncClient back = session(broker, kept);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> kept.size() >= acknowledged - KILLS * LOST_BY_A_KILL_OF_A_BROKER);
                // The session's queue is worked off when a message of its own comes through.
                back.publish("city/lindholm/traffic/end", new MqttMessage("end".getBytes(US_ASCII), 1, false, null));
                await().atMost(Duration.ofMinutes(2)).until(() -> kept.remove("end"));
                back.disconnect().waitForCompletion(10_000);
                System.out.printf(
                        "HiveMQ alone killed %d times under %d messages/s (seed %d): acknowledged %d, kept %d%n",
                        KILLS, RATE, SEED, acknowledged, kept.size());
            }
        }
    }

    /** Connects a session that takes every message in. */
    private static MqttAsyncClient session(Broker broker, Set<String> kept) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(broker.url(), "session", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(86_400L);
        client.setCallback(new Keeper(kept));
        client.connect(options).waitForCompletion(10_000);
        client.subscribe("city/#", 1).waitForCompletion(10_000);
        return client;
    }

    /** Notes sequences, and payloads that have none. */
    private record Keeper(Set<String> kept) implements MessageCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            String payload = new String(message.getPayload(), US_ASCII);
            Matcher sequence = SEQUENCE.matcher(payload);
            kept.add(sequence.find() ? sequence.group(1) : payload);
        }
    }

    /** Members of a group keep their client ids, so that what a dead one had in hand comes back with it. */
    private void oneOfTwoKilled(String with, City city) throws Exception {
        String group = "--mqtt-shared-group=group";
        try (GatewayProcess first = new GatewayProcess(city, "member-0", group);
                GatewayProcess second = new GatewayProcess(city, "member-1", group)) {
            Runnable either = () -> (random.nextBoolean() ? first : second).killAndStart();
            killed(city, new Victim("one of two gateways (" + with + ")", either, 0, false), first, second);
            assertThat(first.probe().metric("gateway_forwarded_total")).isPositive();
            assertThat(second.probe().metric("gateway_forwarded_total")).isPositive();
        }
    }

    @Test
    void oneOfTwoGatewaysWithHiveMq() throws Exception {
        try (City city = new City(directory)) {
            oneOfTwoKilled("HiveMQ", city);
        }
    }

    @Test
    void oneOfTwoGatewaysWithMosquitto() throws Exception {
        try (City city = new City(directory, Broker.mosquitto(directory.resolve("mqtt")))) {
            oneOfTwoKilled("Mosquitto", city);
        }
    }
}
