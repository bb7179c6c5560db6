package org.citystream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.citystream.embedded.TcpProxy.Direction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyTest {
    private static final int SHORTLY = 150;

    private ServerSocket listening;
    private TcpProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to(listening.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        server = listening.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        listening.close();
    }

    private static void send(Socket from, int value) throws IOException {
        from.getOutputStream().write(value);
    }

    private static int receive(Socket at) throws IOException {
        at.setSoTimeout(10_000);
        return at.getInputStream().read();
    }

    private static void assertSilent(Socket at) throws IOException {
        at.setSoTimeout(SHORTLY);
        assertThatThrownBy(() -> at.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void passesOnBothWaysAndTheEndToo() throws IOException {
        send(client, 1);
        send(server, 2);
        assertThat(receive(server)).isEqualTo(1);
        assertThat(receive(client)).isEqualTo(2);
        assertThat(proxy.connections()).isEqualTo(1);
        server.close();
        assertThat(receive(client)).isEqualTo(-1);
        assertThat(proxy.connections()).isZero();
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @Test
    void aNarrowTremblingLineTakesItsTimeAndKeepsTheOrder() throws IOException {
        proxy.narrow(20_000);
        proxy.delay(Duration.ofMillis(40), Duration.ofMillis(40));
        byte[] bytes = new byte[20_000];
        new java.util.Random(1).nextBytes(bytes);

        long begun = System.nanoTime();
        client.getOutputStream().write(bytes);
        server.setSoTimeout(10_000);
        assertThat(server.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(900));

        proxy.heal();
        send(server, 2);
        assertThat(receive(client)).isEqualTo(2);
    }

    @Test
    void manyBytesComeThroughUnchanged() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new java.util.Random(1).nextBytes(bytes);
        Thread sending = new Thread(() -> {
            try {
                client.getOutputStream().write(bytes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sending.start();
        server.setSoTimeout(10_000);
        assertThat(server.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    }

    @Test
    void oneDirectionIsHeldAndArrivesWhenHealed() throws IOException {
        proxy.hold(Direction.TO_SERVER);
        send(client, 1);
        send(server, 2);
        assertThat(receive(client)).as("the other is not").isEqualTo(2);
        assertSilent(server);
        proxy.heal();
        assertThat(receive(server)).isEqualTo(1);
    }

    @Test
    void whatIsHeldIncludesTheNewsOfAClosedEnd() throws IOException {
        proxy.hold(Direction.TO_SERVER, Direction.TO_CLIENT);
        server.close();
        assertSilent(client);
    }

    @Test
    void delayedBytesArriveLaterAndInOrder() throws IOException {
        proxy.delay(Duration.ofMillis(200));
        long start = System.nanoTime();
        send(client, 1);
        send(client, 2);
        assertThat(receive(server)).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(receive(server)).isEqualTo(2);
    }

    @Test
    void aCutEndsBothSides() throws IOException {
        proxy.cut();
        assertThat(receive(client)).isEqualTo(-1);
        assertThat(receive(server)).isEqualTo(-1);
    }

    @Test
    void aResetIsOne() {
        proxy.reset();
        assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> receive(server)).isInstanceOf(SocketException.class);
    }

    @Test
    void aHalfOpenConnectionTellsTheClientNothing() throws IOException {
        proxy.halfOpen();
        assertThat(receive(server)).isEqualTo(-1);
        send(client, 1);
        assertSilent(client);
    }

    @Test
    void refusesWhileToldTo() throws IOException {
        proxy.refuse(true);
        try (Socket second = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            assertThatThrownBy(() -> {
                        if (receive(second) == -1) {
                            throw new SocketException("closed");
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
        send(client, 1);
        assertThat(receive(server)).as("the first goes on").isEqualTo(1);
    }
}
