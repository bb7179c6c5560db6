package org.citystream.stack.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who listens on a port, as far as Linux lets us see: only our own processes, unless we are root. */
final class PortOwner {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    private PortOwner() {}

    static Optional<ProcessHandle> of(int port) {
        Set<String> sockets = listeningSockets(port);
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holdsOneOf(process.pid(), sockets))
                        .findFirst();
    }

    /** Columns of /proc/net/tcp: sl, local address:port (hexadecimal), remote, state, five more, inode. */
    private static Set<String> listeningSockets(int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            try {
                Files.readAllLines(PROC.resolve(table)).stream()
                        .map(line -> line.trim().split("\\s+"))
                        .filter(columns ->
                                columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
                        .forEach(columns -> sockets.add("socket:[" + columns[9] + "]"));
            } catch (IOException e) {
                // No such table on this system: then the owner stays unknown.
            }
        }
        return sockets;
    }

    private static boolean holdsOneOf(long pid, Set<String> sockets) {
        try (Stream<Path> descriptors =
                Files.list(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
