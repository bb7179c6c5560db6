package org.citystream.service.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Job graphs go and everything else stays, with an API server that knows ConfigMaps and merge patches. */
class ForgetGraphMainTest {
    private static final String PATH = "/api/v1/namespaces/city/configmaps/lindholm-traffic-job-cluster-config-map";

    private final List<String> patches = new ArrayList<>();
    private final ObjectNode data = JsonCodec.internal().createObjectNode();
    private final Javalin api = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.routes.get(PATH, this::get);
                config.routes.patch(PATH, this::patch);
            })
            .start("127.0.0.1", 0);

    @AfterEach
    void stop() {
        api.stop();
    }

    private void get(Context context) {
        if (!"Bearer secret".equals(context.header("Authorization"))) {
            context.status(403).result("who are you?");
            return;
        }
        ObjectNode configMap = JsonCodec.internal().createObjectNode();
        configMap.set("data", data);
        context.result(configMap.toString());
    }

    private void patch(Context context) throws IOException {
        assertThat(context.contentType()).isEqualTo("application/merge-patch+json");
        patches.add(context.body());
        JsonCodec.internal().readTree(context.body()).path("data").properties().forEach(entry -> {
            assertThat(entry.getValue().isNull()).isTrue();
            data.remove(entry.getKey());
        });
        context.result("{}");
    }

    @Test
    void graphsGoAndTheRestStays() throws Exception {
        data.put("executionPlan-ffffffff", "...").put("jobGraph-eeeeeeee", "...");
        data.put("org.apache.flink.k8s.leader.dispatcher", "address").put("checkpointID-0000000000000000042", "...");

        ForgetGraphMain.forget(configMaps("secret"), "lindholm-traffic-job");

        assertThat(data.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "org.apache.flink.k8s.leader.dispatcher", "checkpointID-0000000000000000042");
    }

    @Test
    void whereThereIsNothingToForgetNothingIsChanged() throws Exception {
        data.put("org.apache.flink.k8s.leader.dispatcher", "address");

        ForgetGraphMain.forget(configMaps("secret"), "lindholm-traffic-job");
        ForgetGraphMain.forget(configMaps("secret"), "never-started");

        assertThat(patches).isEmpty();
    }

    @Test
    void aRefusalIsAFailureWithItsReason() {
        assertThatThrownBy(() -> ForgetGraphMain.forget(configMaps("guessed"), "lindholm-traffic-job"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("403", "who are you?", PATH);
    }

    private ConfigMaps configMaps(String token) {
        return new ConfigMaps(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + api.port()), "city", token);
    }
}
