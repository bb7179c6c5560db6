package org.citystream.dashboard.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.citystream.service.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the system page is told, with services that answer and services that do not. */
class SystemWatchTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final PrometheusMeterRegistry own = Metrics.registry();
    private final Javalin services = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.routes.get(
                        "/metrics",
                        context -> context.result("# HELP gateway_rejected_total readings not taken\n"
                                + "gateway_rejected_total{reason=\"bad-time\",note=\"a \\\"b\\\"\"} 3.0\n"
                                + "gateway_received_total 12\njvm_threads 9\ngateway_oldest NaN\nnonsense\n"));
                config.routes.get(
                        "/jobs/overview",
                        context -> context.result(
                                "{\"jobs\":[{\"jid\":\"a1\",\"name\":\"traffic-job\",\"state\":\"RUNNING\","
                                        + "\"start-time\":1795767659596,\"tasks\":{\"running\":5,\"total\":6}}]}"));
                config.routes.get(
                        "/jobs/a1/metrics",
                        context -> context.result("[{\"id\":\"numRestarts\",\"value\":\"2\"},"
                                + "{\"id\":\"lastCheckpointDuration\",\"value\":\"-1\"}]"));
            })
            .start("127.0.0.1", 0);

    @AfterEach
    void stop() {
        services.stop();
    }

    @Test
    void servicesAndJobsTellOfThemselves() {
        own.counter("citystream.dashboard.test").increment();
        SystemState state = new SystemWatch(Map.of("gateway", address()), List.of(address()), own).look();

        assertThat(state.services()).extracting(ServiceState::name).containsExactly("gateway", "dashboard");
        assertThat(state.services().get(0).metrics())
                .containsExactly(
                        new MetricSample("gateway_rejected_total", Map.of("reason", "bad-time", "note", "a \"b\""), 3),
                        new MetricSample("gateway_received_total", Map.of(), 12));
        assertThat(state.services().get(1).metrics())
                .extracting(MetricSample::name)
                .contains("citystream_dashboard_test_total");
        assertThat(state.jobs()).hasSize(1).first().satisfies(job -> {
            assertThat(job.state()).isEqualTo("RUNNING");
            assertThat(job.runningTasks()).isEqualTo(5);
            assertThat(job.restarts()).isEqualTo(2);
            assertThat(job.lastCheckpointMs()).as("none yet").isNull();
        });
    }

    @Test
    void whoDoesNotAnswerIsNamedAndTheOthersAreTold() {
        SystemState state = new SystemWatch(Map.of("alerting", NOBODY), List.of(NOBODY), own).look();

        assertThat(state.services().get(0).problem()).isNotEmpty();
        assertThat(state.services().get(1).problem()).isNull();
        assertThat(state.jobs()).isNull();
        assertThat(state.jobsProblem()).isNotEmpty();
        assertThat(new SystemWatch(Map.of(), List.of(), own).look().jobsProblem())
                .isEqualTo("not-configured");
    }

    @Test
    void jobsOfEveryClusterAreTogetherAndOneThatIsAwayHidesNone() {
        SystemState both = new SystemWatch(Map.of(), List.of(address(), address()), own).look();
        SystemState one = new SystemWatch(Map.of(), List.of(NOBODY, address()), own).look();

        assertThat(both.jobs()).hasSize(2);
        assertThat(both.jobsProblem()).isNull();
        assertThat(one.jobs()).hasSize(1);
        assertThat(one.jobsProblem()).contains("127.0.0.1:1");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + services.port());
    }
}
