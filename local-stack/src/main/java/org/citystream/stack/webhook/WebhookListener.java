package org.citystream.stack.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Receives webhooks on loopback, verifies and prints them. A wrong signature is answered 401; without any known secret
 * messages are taken and marked as not verified.
 */
public final class WebhookListener implements AutoCloseable {
    private static final int MAX_BODY = 1_000_000;

    private final HttpServer server;
    private final Supplier<Collection<String>> secrets;
    private final InstantSource clock;
    private final Consumer<String> print;
    private final @Nullable ReceivedLog log;

    private WebhookListener(
            HttpServer server,
            Supplier<Collection<String>> secrets,
            InstantSource clock,
            Consumer<String> print,
            @Nullable ReceivedLog log) {
        this.server = server;
        this.secrets = secrets;
        this.clock = clock;
        this.print = print;
        this.log = log;
    }

    /**
     * Starts to listen.
     *
     * @param port 0: any free one
     * @param secrets asked for each message, so that one registered meanwhile counts
     * @param log file to which each message is appended; null: none
     */
    public static WebhookListener start(
            int port,
            Supplier<Collection<String>> secrets,
            InstantSource clock,
            Consumer<String> print,
            @Nullable Path log)
            throws IOException {
        ReceivedLog received = log == null ? null : new ReceivedLog(log);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        WebhookListener listener = new WebhookListener(server, secrets, clock, print, received);
        server.createContext("/", listener::receive);
        server.start();
        return listener;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            if (exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(judge(exchange, body), -1);
            } else {
                exchange.getResponseHeaders().set("Allow", "POST");
                exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private int judge(HttpExchange exchange, byte[] body) {
        Collection<String> known = secrets.get();
        if (known.isEmpty()) {
            note(exchange, "unverified", body);
            print.accept("NOT VERIFIED (no secret known here)  " + describe(exchange, body));
            return 204;
        }
        Optional<String> problem = new Signature(
                        header(exchange, "webhook-id"),
                        header(exchange, "webhook-timestamp"),
                        header(exchange, "webhook-signature"))
                .problem(body, known, clock.instant());
        if (problem.isPresent()) {
            note(exchange, "refused", body);
            print.accept("REFUSED: " + problem.get() + "  " + describe(exchange, body));
            return 401;
        }
        note(exchange, "verified", body);
        print.accept("VERIFIED  " + describe(exchange, body));
        return 204;
    }

    private void note(HttpExchange exchange, String verdict, byte[] body) {
        if (log != null) {
            log.append(clock.instant(), header(exchange, "webhook-id"), verdict, body);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String describe(HttpExchange exchange, byte[] body) {
        String id = header(exchange, "webhook-id");
        try {
            JsonNode tree = JsonCodec.internal().readTree(body);
            JsonNode data = tree.path("data");
            return tree.path("type").asText("?") + "  " + data.path("severity").asText("-") + "  "
                    + data.path("title").asText(data.path("summary").asText("")) + "  (" + id + ")"
                    + System.lineSeparator() + "    " + tree;
        } catch (IOException e) {
            return body.length + " bytes that are not JSON  (" + id + ")";
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
