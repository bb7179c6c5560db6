package org.citystream.service.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
public final class ManagementRoutes {
    private ManagementRoutes() {}

    /** Adds the routes to a server that is being configured. */
    public static void addTo(JavalinConfig config, Health health, PrometheusMeterRegistry metrics) {
        config.routes.get(
                "/health/live",
                context -> context.contentType("application/json").result("{\"status\":\"up\"}"));
        config.routes.get("/health/ready", context -> {
            Map<String, String> problems = health.problems();
            context.status(problems.isEmpty() ? 200 : 503)
                    .contentType("application/json")
                    .result(describe(health, problems));
        });
        config.routes.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.scrape()));
    }

    private static String describe(Health health, Map<String, String> problems) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("status", problems.isEmpty() ? "up" : "down");
        ObjectNode checks = body.putObject("checks");
        for (String name : health.names()) {
            checks.put(name, problems.getOrDefault(name, "ok"));
        }
        return body.toString();
    }
}
