package org.citystream.service.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.citystream.model.wire.JsonCodec;

/**
 * Asks services whether they are ready, and says what each answers: what a deployment is tested with. Exits with 0 when all
 * are, else with 1.
 *
 * <p>Arguments: the addresses of {@code /health/ready}, and of {@code /jobs/overview} of JobManagers, where jobs must run.
 */
public final class ReadyMain {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String JOBS = "/jobs/overview";

    private ReadyMain() {}

    public static void main(String[] addresses) throws InterruptedException {
        System.exit(ask(addresses) ? 0 : 1);
    }

    @SuppressWarnings("SystemOut") // a command's answer
    private static boolean ask(String[] addresses) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        boolean allReady = true;
        for (String address : addresses) {
            try {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(address))
                                .timeout(PATIENCE)
                                .build(),
                        BodyHandlers.ofString());
                System.out.println(address + " " + answer.statusCode() + " " + answer.body());
                allReady &= answer.statusCode() == 200 && (!address.contains(JOBS) || run(answer.body()));
            } catch (IOException e) {
                System.out.println(address + " cannot be reached: " + e);
                allReady = false;
            }
        }
        return allReady;
    }

    /** Whether Flink has jobs and all of them run. */
    private static boolean run(String overview) throws IOException {
        JsonNode jobs = JsonCodec.internal().readTree(overview).path("jobs");
        boolean all = !jobs.isEmpty();
        for (JsonNode job : jobs) {
            all &= job.path("state").asText().equals("RUNNING");
        }
        return all;
    }
}
