package org.citystream.stack.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A JobManager that remembers what it was asked and runs whatever it is given, with the one jar it was given last. */
final class FlinkStub implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<String, String> runningJobs = new ConcurrentHashMap<>();
    volatile boolean refusesSavepoints;
    volatile String jar = "";

    private final HttpServer server;

    FlinkStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        requests.add(exchange.getRequestMethod() + " " + path + (path.endsWith("/run") ? " " + body : ""));
        if (path.endsWith("/run") && refusesSavepoints && body.contains("savepointPath")) {
            send(exchange, 400, "{\"errors\":[\"cannot map state to the new program\\n\\tat org.x.Y\"]}");
        } else if (path.equals("/jars/upload")) {
            jar = body.replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
            send(exchange, 200, "{\"filename\":\"/upload/abc_" + jar + "\",\"status\":\"success\"}");
        } else if (path.equals("/jars")) {
            send(exchange, 200, jars());
        } else if (path.endsWith("/config")) {
            send(
                    exchange,
                    200,
                    "{\"execution-config\":{\"job-parallelism\":1,\"user-config\":{\"jar\":\"abc_" + jar + "\"}}}");
        } else if (path.endsWith("/run")) {
            send(exchange, 200, "{\"jobid\":\"" + run(body) + "\"}");
        } else if (path.equals("/jobs/overview")) {
            send(exchange, 200, overview());
        } else if (path.equals("/overview")) {
            send(exchange, 200, "{\"taskmanagers\":1}");
        } else {
            send(exchange, 202, "{}");
        }
    }

    private String jars() {
        return "{\"files\":[" + (jar.isEmpty() ? "" : "{\"id\":\"abc_" + jar + "\",\"name\":\"" + jar + "\"}") + "]}";
    }

    private String run(String request) {
        CityJob job = CityJob.all().stream()
                .filter(candidate -> request.contains(candidate.entryClass()))
                .findFirst()
                .orElseThrow();
        String id = "id-" + requests.size();
        runningJobs.put(id, job.jobName());
        return id;
    }

    private String overview() {
        StringBuilder jobs = new StringBuilder();
        runningJobs.forEach((id, name) -> jobs.append(jobs.isEmpty() ? "" : ",")
                .append("{\"jid\":\"" + id + "\",\"name\":\"" + name
                        + "\",\"state\":\"RUNNING\",\"start-time\":1,\"tasks\":{\"total\":3,\"running\":3}}"));
        return "{\"jobs\":[" + jobs + "]}";
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
