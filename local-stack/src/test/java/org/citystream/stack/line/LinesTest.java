package org.citystream.stack.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinesTest {
    private static final int SHORTLY = 200;

    private ServerSocket listening;
    private Lines lines;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        lines = Lines.open("mqtt=" + port + ":" + listening.getLocalPort(), 0);
        client = new Socket(InetAddress.getLoopbackAddress(), port);
        server = listening.accept();
        client.setSoTimeout(SHORTLY);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        lines.close();
        listening.close();
    }

    @Test
    void aBlackholeHoldsUntilItHeals() throws Exception {
        assertThat(order("/mqtt/blackhole").statusCode()).isEqualTo(204);
        server.getOutputStream().write(7);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        assertThat(order("/mqtt/heal").statusCode()).isEqualTo(204);
        client.setSoTimeout(10_000);
        assertThat(client.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void aCutEndsBothSidesAndAHalfOpenLineOnlyTheServers() throws Exception {
        server.setSoTimeout(10_000);
        order("/mqtt/half-open");
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        order("/mqtt/cut");
        client.setSoTimeout(10_000);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(order("/kafka/cut").body()).isEqualTo("POST /LINE/TROUBLE, of the lines [mqtt]");
        assertThat(order("/mqtt/explode").body()).contains("'explode' is not one of cut, blackhole, half-open, heal");
        assertThat(order("/mqtt/explode").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> order(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.controlPort() + path))
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
    }
}
