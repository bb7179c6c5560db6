package org.citystream.gateway;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.citystream.testsupport.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's disk fills up under load: nothing more is acknowledged, and nothing that was is missing once there is room. */
class DiskFullTest {
    private static final int RATE = 500;
    private static final int DISK_MB = 150;
    /** How long nothing goes on before the disk counts as full. */
    private static final double STUCK_SECONDS = 3;

    @TempDir
    Path directory;

    @Test
    void kafkaWithoutSpaceLosesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("kafka"), DISK_MB);
                City city = new City(directory);
                GatewayProcess gateway = new GatewayProcess(city, "full")) {
            gateway.probe().awaitReady();
            try (Fleet fleet = Fleet.start(city.mqttUrl(), "full", RATE)) {
                fleet.awaitAcknowledged(2 * RATE);
                await().atMost(Probe.PATIENCE).until(() -> {
                    disk.fill();
                    return gateway.probe().metric("gateway_oldest_unacknowledged_seconds") > STUCK_SECONDS;
                });
                fleet.awaitAcknowledged(fleet.acknowledged() + RATE);

                disk.makeRoom();
                city.kafka().kill();
                city.kafka().start();

                long count = fleet.settle();
                try (Arrivals arrivals = new Arrivals(city, "full")) {
                    arrivals.await(count).assertNothingLost(count);
                }
            }
        }
    }
}
