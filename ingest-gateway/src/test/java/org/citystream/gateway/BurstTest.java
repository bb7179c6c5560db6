package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citystream.testsupport.ChildJvm;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A gateway with a small heap, under a load that nobody has planned for. For 3 s and with 10,000 sensors by default, for 60 s
 * and with 100,000 with {@code -Dproofs=true}.
 */
@Isolated("it measures")
class BurstTest {
    private static final boolean PROOFS = Boolean.getBoolean("proofs");
    private static final int RATE = 500;
    private static final int BURST_SECONDS = PROOFS ? 60 : 3;
    private static final int NEW_SENSORS = PROOFS ? 100_000 : 10_000;
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final int RECEIVE_MAXIMUM = 200;
    private static final int HEAP_MB = 64;
    /** What a collection cannot account for. */
    private static final double HEAP_GROWTH_MB = 8;
    /** Of a sensor that the rate limit remembers. */
    private static final double SENSOR_BYTES = 250;

    @TempDir
    static Path directory;

    private static City city;
    private static Probe probe;
    private static ChildJvm gateway;

    @BeforeAll
    static void start() {
        city = new City(directory, Broker.mosquitto(directory.resolve("mqtt")));
        probe = new Probe(Mosquitto.freePort());
        // A limit that nobody reaches: what it remembers of sensors is what may grow.
        List<String> arguments = city.arguments(
                "--http-port=" + probe.port(),
                "--mqtt-receive-maximum=" + RECEIVE_MAXIMUM,
                "--sensor-rate-per-second=100000",
                "--sensor-burst=100000");
        gateway = ChildJvm.start(
                List.of("-Xmx" + HEAP_MB + "m", "-XX:+ExitOnOutOfMemoryError"),
                GatewayMain.class,
                arguments.toArray(String[]::new));
        probe.awaitReady();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        city.close();
    }

    @Test
    void oneSensorWithHalfOfAllReadingsAndTenTimesTheLoadLoseNothing() throws Exception {
        try (Fleet fleet =
                Fleet.start(city.mqttUrl(), "hot", RATE, sequence -> sequence % 2 == 0 ? 0 : sequence % 50)) {
            fleet.awaitAcknowledged(RATE);
            double live = liveHeapMb();
            double forwarded = probe.metric("gateway_forwarded_total") - fleet.acknowledged();
            long before = fleet.acknowledged();
            double mostInFlight = 0;
            double mostBehind = 0;
            fleet.rate(10 * RATE);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BURST_SECONDS);
            while (System.nanoTime() < end) {
                fleet.awaitAcknowledged(fleet.acknowledged() + RATE);
                mostInFlight = Math.max(mostInFlight, probe.metric("gateway_in_flight"));
                mostBehind = Math.max(
                        mostBehind, fleet.acknowledged() + forwarded - probe.metric("gateway_forwarded_total"));
            }
            long rate = (fleet.acknowledged() - before) / BURST_SECONDS;
            fleet.rate(RATE);
            long over = System.nanoTime();
            await().atMost(RECOVERY)
                    .until(() -> probe.metric("gateway_forwarded_total") > fleet.acknowledged() + forwarded - RATE);
            long recovered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - over);
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, "hot")) {
                arrivals.await(count).assertNothingLost(count);
            }
            double during = liveHeapMb();
            System.out.printf(
                    "burst of %d s, %d messages/s after %d/s, half of them from one sensor: at most %.0f behind and"
                            + " %.0f in flight, recovered after %d ms, heap %.1f -> %.1f of %d MB%n",
                    BURST_SECONDS, rate, RATE, mostBehind, mostInFlight, recovered, live, during, HEAP_MB);
            assertThat(rate).as("messages a second").isGreaterThan(2 * RATE);
            assertThat(mostInFlight).isLessThanOrEqualTo(8 * RECEIVE_MAXIMUM);
            assertThat(during - live).as("growth of the heap, MB").isLessThan(HEAP_GROWTH_MB);
        }
        assertGoesOn();
    }

    @Test
    void sensorsThatNobodyHasSeenBeforeTakeTheirRoomAndNoMore() throws Exception {
        double before = liveHeapMb();
        // As fast as the broker takes them.
        try (Fleet fleet = Fleet.start(city.mqttUrl(), "new", NEW_SENSORS, sequence -> sequence)) {
            await().atMost(RECOVERY).until(() -> fleet.acknowledged() >= NEW_SENSORS);
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, "new")) {
                arrivals.await(count).assertNothingLost(count);
            }
            double grown = liveHeapMb() - before;
            System.out.printf(
                    "%d sensors never seen before: heap %.1f -> %.1f of %d MB%n",
                    count, before, before + grown, HEAP_MB);
            assertThat(grown).as("MB").isLessThan(HEAP_GROWTH_MB + count * SENSOR_BYTES / (1 << 20));
        }
        assertGoesOn();
    }

    private static void assertGoesOn() {
        assertThat(gateway.isAlive()).as("no OutOfMemoryError has ended it").isTrue();
        assertThat(probe.isReady()).isTrue();
        assertThat(probe.metric("gateway_connection_losses_total")).isZero();
        assertThat(probe.metric("gateway_rejected_total")).isZero();
    }

    private static double liveHeapMb() {
        gateway.collectGarbage();
        return probe.metric("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
    }
}
