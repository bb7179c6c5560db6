package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.citystream.endtoend.CityCommand.Output;
import org.citystream.model.wire.JsonCodec;

/** A whole stack started the way a user starts it, on shifted ports and a data directory of its own. */
final class CityStack implements AutoCloseable {
    private static final List<Integer> STANDARD_PORTS = List.of(
            1883, 1884, 5433, 5434, 8080, 8081, 8090, 8091, 8092, 8094, 8812, 9000, 9001, 9092, 9093, 9094, 6123, 6124);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path dataDirectory;
    private final int portOffset;

    private CityStack(Path dataDirectory, int portOffset) {
        this.dataDirectory = dataDirectory;
        this.portOffset = portOffset;
    }

    /** {@code ./city up --detach} with these arguments; returns when every service is up. */
    static CityStack up(Path dataDirectory, String... arguments) throws IOException, InterruptedException {
        CityStack stack = new CityStack(dataDirectory, freeOffset());
        List<String> command = new ArrayList<>(List.of("up", "--detach"));
        command.addAll(List.of(arguments));
        Output output = stack.city(START_LIMIT, command);
        System.out.println(output.text());
        assertThat(output.status()).as("./city up: %s", output.text()).isZero();
        return stack;
    }

    /** Runs a {@code ./city} command against this stack. */
    Output city(String... command) throws IOException, InterruptedException {
        return city(Duration.ofMinutes(1), List.of(command));
    }

    /** Starts a {@code ./city} command that goes on until it is ended. */
    Process start(String... command) throws IOException {
        return CityCommand.start(Files.createTempFile("city", ".out"), ofThisStack(List.of(command)));
    }

    private List<String> ofThisStack(List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--data-dir", dataDirectory.toString(), "--port-offset", Integer.toString(portOffset)));
        return line;
    }

    /** As {@code kill -9} does to one of the stack's processes. */
    void kill(String service) throws IOException, InterruptedException {
        JsonNode services =
                JsonCodec.internal().readTree(city("status", "--json").text()).path("services");
        for (JsonNode one : services) {
            if (one.path("name").asText().equals(service)) {
                ProcessHandle.of(one.path("pid").asLong()).orElseThrow().destroyForcibly();
                return;
            }
        }
        throw new AssertionError("no service " + service + " in " + services);
    }

    Output city(Duration limit, List<String> command) throws IOException, InterruptedException {
        return CityCommand.run(limit, ofThisStack(command));
    }

    String kafka() {
        return "127.0.0.1:" + port(9092);
    }

    /** The shifted form of a standard port. */
    int port(int standard) {
        return standard + portOffset;
    }

    String adminToken() throws IOException {
        return Files.readString(dataDirectory.resolve("admin.token")).trim();
    }

    JsonNode get(int standardPort, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(standardPort, path)).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as("GET %s: %s", request.uri(), response.body())
                .isEqualTo(200);
        return JsonCodec.internal().readTree(response.body());
    }

    JsonNode post(int standardPort, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(standardPort, path))
                .header("Authorization", "Bearer " + adminToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as("POST %s: %s", request.uri(), response.body())
                .isBetween(200, 299);
        return JsonCodec.internal().readTree(response.body());
    }

    URI uri(int standardPort, String path) {
        return URI.create("http://127.0.0.1:" + port(standardPort) + path);
    }

    @Override
    public void close() throws Exception {
        Output output = city(Duration.ofMinutes(2), List.of("down"));
        assertThat(output.status()).as("./city down: %s", output.text()).isZero();
    }

    /** A port that is free now, for something beside the stack. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * An offset at which every port of the stack is free. All stay below 32768, from where Linux gives ports to whoever
     * connects: one of those could be taken between this look and the start of what needs it.
     */
    static int freeOffset() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int offset = 100 * ThreadLocalRandom.current().nextInt(100, 235);
            if (STANDARD_PORTS.stream().allMatch(port -> isFree(port + offset))) {
                return offset;
            }
        }
        throw new IllegalStateException("no free range of ports found");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
