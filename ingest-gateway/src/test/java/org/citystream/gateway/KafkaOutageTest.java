package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.citystream.testsupport.ChildJvm;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** G5: Kafka stands still under 2,000 messages a second, for 5 s by default, for 60 s with {@code -Dproofs=true}. */
@Isolated("it measures")
class KafkaOutageTest {
    private static final int OUTAGE_SECONDS = Boolean.getBoolean("proofs") ? 60 : 5;
    private static final int RATE = 2_000;
    private static final int RECEIVE_MAXIMUM = 200;
    private static final int HEAP_MB = 64;
    /** What one collection cannot account for. */
    private static final double HEAP_GROWTH_MB = 16;

    @TempDir
    Path directory;

    @Test
    void g5InFlightIsBoundedAndHeapFlatWhileKafkaStandsStill() throws Exception {
        Probe probe = new Probe(Mosquitto.freePort());
        try (City city = new City(directory, Broker.mosquitto(directory.resolve("mqtt")));
                ChildJvm gateway = gateway(city, probe);
                Fleet fleet = fleetOnceThereIsASession(city, probe)) {
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_forwarded_total") > RATE);
            double live = liveHeapMb(gateway, probe);
            city.kafka().pause();
            long before = fleet.acknowledged();
            double mostInFlight = 0;
            long end = System.nanoTime() + Duration.ofSeconds(OUTAGE_SECONDS).toNanos();
            while (System.nanoTime() < end) {
                mostInFlight = Math.max(mostInFlight, probe.metric("gateway_in_flight"));
                fleet.awaitAcknowledged(fleet.acknowledged() + RATE / 4);
            }
            double during = liveHeapMb(gateway, probe);
            long rate = (fleet.acknowledged() - before) / OUTAGE_SECONDS;
            System.out.printf(
                    "Kafka stood still for %d s at %d messages/s: in flight at most %.0f, heap %.1f -> %.1f MB%n",
                    OUTAGE_SECONDS, rate, mostInFlight, live, during);
            assertThat(rate).as("messages a second").isGreaterThan(RATE / 2);
            assertThat(mostInFlight).isLessThanOrEqualTo(8 * RECEIVE_MAXIMUM);
            assertThat(during - live).as("growth of the heap, MB").isLessThan(HEAP_GROWTH_MB);
            assertThat(probe.metric("gateway_connection_losses_total")).isZero();
            city.kafka().resume();
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, "outage")) {
                arrivals.await(count).assertNothingLost(count);
            }
            assertThat(gateway.terminate()).as("exit status").isZero();
        }
    }

    private static ChildJvm gateway(City city, Probe probe) {
        List<String> arguments = city.arguments(
                "--http-port=" + probe.port(), "--mqtt-receive-maximum=" + RECEIVE_MAXIMUM, "--mqtt-keep-alive=PT3S");
        return ChildJvm.start(List.of("-Xmx" + HEAP_MB + "m"), GatewayMain.class, arguments.toArray(String[]::new));
    }

    private static Fleet fleetOnceThereIsASession(City city, Probe probe) {
        probe.awaitReady();
        return Fleet.start(city.mqttUrl(), "outage", RATE);
    }

    /** After a collection: what is in use before one says more of the collector than of us. */
    private static double liveHeapMb(ChildJvm gateway, Probe probe) {
        gateway.collectGarbage();
        return probe.metric("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
    }
}
