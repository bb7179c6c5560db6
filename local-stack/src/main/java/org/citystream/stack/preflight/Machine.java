package org.citystream.stack.preflight;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What preflight looks at; tests put a made-up one in its place. */
interface Machine {
    /** Operating system and architecture in Java's words, such as {@code Linux amd64}. */
    String platform();

    /** Memory that processes can still take, bytes; empty where the system does not say. */
    OptionalLong availableMemory();

    /** Room on the file system of this directory or its nearest existing parent, bytes. */
    long usableDisk(Path directory) throws IOException;

    boolean isPortFree(int port);

    /** Who listens there, for people. */
    Optional<String> portOwner(int port);

    /** The machine this runs on. */
    static Machine real() {
        return new Real();
    }

    /** Linux through /proc and the control group's limit. */
    final class Real implements Machine {
        private static final Path GROUP = Path.of("/sys/fs/cgroup");

        @Override
        public String platform() {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }

        @Override
        public OptionalLong availableMemory() {
            OptionalLong machine = fromMemInfo();
            OptionalLong group = leftInGroup();
            if (machine.isEmpty() || group.isEmpty()) {
                return machine.isPresent() ? machine : group;
            }
            return OptionalLong.of(Math.min(machine.getAsLong(), group.getAsLong()));
        }

        private static OptionalLong fromMemInfo() {
            try {
                return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                        .filter(line -> line.startsWith("MemAvailable:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .findFirst();
            } catch (IOException e) {
                return OptionalLong.empty();
            }
        }

        private static OptionalLong leftInGroup() {
            try {
                String limit = Files.readString(GROUP.resolve("memory.max")).trim();
                String used = Files.readString(GROUP.resolve("memory.current")).trim();
                return limit.equals("max")
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(limit) - Long.parseLong(used));
            } catch (IOException | NumberFormatException e) {
                return OptionalLong.empty();
            }
        }

        @Override
        public long usableDisk(Path directory) throws IOException {
            // A relative path that is not there yet has no parent of its own.
            Path existing = directory.toAbsolutePath();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace();
        }

        @Override
        public boolean isPortFree(int port) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public Optional<String> portOwner(int port) {
            return PortOwner.of(port)
                    .map(process -> "process " + process.pid()
                            + process.info()
                                    .command()
                                    .map(command -> " (" + Path.of(command).getFileName() + ")")
                                    .orElse(""));
        }
    }
}
