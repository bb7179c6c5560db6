package org.citystream.stack.line;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.embedded.TcpProxy;
import org.citystream.model.wire.WireName;

/**
 * TCP lines that services reach each other by, and that fail when told to: {@code POST /NAME/TROUBLE}, with the names of
 * {@link Trouble}. On loopback only.
 */
public final class Lines implements AutoCloseable {
    private final Map<String, TcpProxy> lines = new TreeMap<>();
    private final HttpServer control;

    private Lines(HttpServer control) {
        this.control = control;
    }

    /**
     * Opens them.
     *
     * @param specification {@code NAME=PORT:PORT-BEHIND}, joined by commas
     */
    public static Lines open(String specification, int controlPort) throws IOException {
        HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), 0);
        Lines opened = new Lines(control);
        for (String line : specification.split(",")) {
            String[] parts = line.split("[=:]");
            opened.lines.put(parts[0], TcpProxy.between(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
        }
        control.createContext("/", opened::answer);
        control.start();
        return opened;
    }

    int controlPort() {
        return control.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/");
            TcpProxy line = path.length == 3 ? lines.get(path[1]) : null;
            if (line == null || !exchange.getRequestMethod().equals("POST")) {
                tell(exchange, 404, "POST /LINE/TROUBLE, of the lines " + lines.keySet());
                return;
            }
            try {
                WireName.parse(Trouble.class, path[2]).befall(line);
                exchange.sendResponseHeaders(204, -1);
            } catch (IllegalArgumentException e) {
                tell(exchange, 404, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void tell(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        control.stop(0);
        lines.values().forEach(TcpProxy::close);
    }
}
