package org.citystream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for servers that must be told theirs before they listen. */
final class FreePort {
    private FreePort() {}

    /** The wanted port, or one that is free now if it is 0. */
    static int orElse(int wanted) {
        return wanted == 0 ? any() : wanted;
    }

    private static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }
}
