package org.citystream.service.health;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.function.Consumer;
import org.citystream.service.http.RegisteredRoutes;
import org.citystream.service.http.ServerProblems;

/** The HTTP server of a service that has no other. */
public final class ManagementServer implements AutoCloseable {
    private final Javalin server;

    private ManagementServer(Javalin server) {
        this.server = server;
    }

    /** Starts on {@code host:port}; port 0 takes a free one. */
    public static ManagementServer start(String host, int port, Health health, PrometheusMeterRegistry metrics) {
        return start(host, port, health, metrics, config -> {});
    }

    /** Starts with more routes than the management ones. */
    public static ManagementServer start(
            String host, int port, Health health, PrometheusMeterRegistry metrics, Consumer<JavalinConfig> more) {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            ServerProblems.addTo(config);
            ManagementRoutes.addTo(config, health, metrics);
            more.accept(config);
        });
        return new ManagementServer(server.start(host, port));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Every method and path it answers, as {@link RegisteredRoutes} has them. */
    public Set<String> routes() {
        return RegisteredRoutes.of(server);
    }

    @Override
    public void close() {
        server.stop();
    }
}
