package org.citystream.simulator;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.health.Health;
import org.citystream.service.health.ManagementServer;
import org.citystream.service.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** Health, metrics and progress of a source over HTTP. It is up before there is any progress. */
final class Management implements AutoCloseable {
    private final AtomicReference<@Nullable ProgressMeter> meter = new AtomicReference<>();
    private final ManagementServer server;

    Management(String command, ManagementSettings settings) {
        Health health = new Health();
        health.register("publishing", this::problem);
        PrometheusMeterRegistry metrics = Metrics.registry();
        FunctionCounter.builder("simulator.readings.published", this, self -> self.number(Progress::published))
                .description("Readings handed to the MQTT client")
                .register(metrics);
        FunctionCounter.builder("simulator.readings.acknowledged", this, self -> self.number(Progress::acknowledged))
                .description("Readings the broker has acknowledged")
                .register(metrics);
        FunctionCounter.builder("simulator.troubles", this, self -> self.number(Progress::troubles))
                .description("Lost connections and refused messages")
                .register(metrics);
        Gauge.builder("simulator.finished", this, self -> self.number(p -> p.finished() ? 1 : 0))
                .description("1 when everything is published and the clock has run on")
                .register(metrics);
        Gauge.builder("simulator.clock.seconds", this, Management::clockSeconds)
                .description("The deployment's clock as announced, Unix time")
                .register(metrics);
        server = ManagementServer.start(
                settings.httpHost,
                settings.httpPort,
                health,
                metrics,
                config -> config.routes.get(
                        "/api/v1/progress",
                        context -> context.contentType("application/json").result(JsonCodec.write(progress(command)))));
    }

    /** From now on there is progress. */
    void show(ProgressMeter running) {
        meter.set(running);
    }

    int port() {
        return server.port();
    }

    private Progress progress(String command) {
        ProgressMeter current = meter.get();
        return current == null
                ? new Progress(command, "starting", false, 0, 0, null, 0, null, 0, null, null)
                : current.progress();
    }

    private Optional<String> problem() {
        ProgressMeter current = meter.get();
        return current == null
                ? Optional.of("waiting for Kafka")
                : Optional.ofNullable(current.progress().problem());
    }

    private double number(ToLongFunction<Progress> field) {
        return field.applyAsLong(progress(""));
    }

    private double clockSeconds() {
        Progress progress = progress("");
        return progress.clock() == null ? 0 : progress.clock().getEpochSecond();
    }

    @Override
    public void close() {
        server.close();
    }
}
