package org.citystream.stack.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.Ports;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final long GIGABYTE = 1024L * 1024 * 1024;

    private long memory = 8 * GIGABYTE;
    private long disk = 100 * GIGABYTE;
    private String platform = "Linux amd64";
    private Set<Integer> takenPorts = Set.of();
    private final Preflight preflight = new Preflight(new LaptopOfTheTest());

    @Test
    void anOrdinaryLaptopPasses() {
        assertThatCode(() -> {
                    preflight.checkPlatform();
                    preflight.checkMemory();
                    preflight.checkDisk(Path.of("/data"));
                    preflight.checkPorts(new Ports(0), false);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndAFreeOffset() {
        takenPorts = Set.of(8080, 9092, 9080);

        assertThatThrownBy(() -> preflight.checkPorts(new Ports(0), false))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("port 8080 (dashboard) is taken by process 4711 (java)")
                .hasMessageContaining("port 9092 (Kafka)")
                .hasMessageContaining("--port-offset 2000");
    }

    @Test
    void portsOfLinesAreNeededWhereThereAreLines() {
        takenPorts = Set.of(9094, 10001);

        assertThatCode(() -> preflight.checkPorts(new Ports(0), false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> preflight.checkPorts(new Ports(0), true))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("port 9094 (line to Kafka) is taken by process 4711 (java)")
                .hasMessageContaining("--port-offset 2000");
    }

    @Test
    void tooLittleMemoryIsToldWithTheWayAround() {
        memory = GIGABYTE;

        assertThatThrownBy(preflight::checkMemory)
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("only 1024 MB of memory are free")
                .hasMessageContaining("--skip-memory-check");
    }

    @Test
    void aFullDiskIsToldWithTheWayAround() {
        disk = GIGABYTE / 2;

        assertThatThrownBy(() -> preflight.checkDisk(Path.of("/data")))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("only 512 MB are free on the disk of /data")
                .hasMessageContaining("--data-dir");
    }

    @Test
    void anotherPlatformIsRefused() {
        platform = "Mac OS X aarch64";

        assertThatThrownBy(preflight::checkPlatform).hasMessageContaining("Mac OS X aarch64");
    }

    @Test
    void theRealMachineSeesWhoHoldsAPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Machine machine = Machine.real();
            assertThat(machine.isPortFree(socket.getLocalPort())).isFalse();
            assertThat(machine.portOwner(socket.getLocalPort()))
                    .hasValueSatisfying(owner -> assertThat(owner)
                            .contains("process " + ProcessHandle.current().pid()));
            assertThat(machine.availableMemory()).isPresent();
        }
    }

    @Test
    void theRealMachineLooksAtTheDiskOfARelativeFolderThatIsYetToBeMade() throws Exception {
        assertThat(Machine.real().usableDisk(Path.of("not-there-yet", "data"))).isPositive();
    }

    private final class LaptopOfTheTest implements Machine {
        @Override
        public String platform() {
            return platform;
        }

        @Override
        public OptionalLong availableMemory() {
            return OptionalLong.of(memory);
        }

        @Override
        public long usableDisk(Path directory) {
            return disk;
        }

        @Override
        public boolean isPortFree(int port) {
            return !takenPorts.contains(port);
        }

        @Override
        public Optional<String> portOwner(int port) {
            return Optional.of("process 4711 (java)");
        }
    }
}
