package org.citystream.alerting.notify.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Something inside that nobody outside may reach: counts the connections that are made to it, on every address. */
final class Canary implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread thread = new Thread(this::accept, "canary");

    /** @param address to listen on, any port */
    Canary(InetAddress address) throws IOException {
        socket.bind(new InetSocketAddress(address, 0));
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connections.incrementAndGet();
            } catch (IOException e) {
                // Closed.
                continue;
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
