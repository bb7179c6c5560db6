package org.citystream.stack.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed by the Standard Webhooks project's own library. */
class WebhookListenerTest {
    private static final String SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.parse("2026-11-23T08:18:00Z");
    private static final String BODY =
            "{\"type\":\"alert.opened\",\"data\":{\"severity\":\"severe\",\"title\":\"Congestion on Ring road\"}}";

    @TempDir
    Path directory = Path.of("");

    private @Nullable Path log;
    private final List<String> printed = new CopyOnWriteArrayList<>();

    @Test
    void aRightSignatureIsVerifiedAndPrinted() throws Exception {
        assertThat(send(List.of(OTHER, SECRET), SECRET, NOW, BODY)).isEqualTo(204);
        assertThat(printed).singleElement().asString().startsWith("VERIFIED  alert.opened  severe  Congestion");
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        assertThat(send(List.of(OTHER), SECRET, NOW, BODY)).isEqualTo(401);
        assertThat(printed).singleElement().asString().startsWith("REFUSED: no signature is right");
    }

    @Test
    void anOldMessageIsRefused() throws Exception {
        assertThat(send(List.of(SECRET), SECRET, NOW.minusSeconds(301), BODY)).isEqualTo(401);
        assertThat(printed).singleElement().asString().contains("more than five minutes off");
    }

    @Test
    void withoutASecretMessagesAreTakenButMarked() throws Exception {
        assertThat(send(List.of(), SECRET, NOW, BODY)).isEqualTo(204);
        assertThat(printed).singleElement().asString().startsWith("NOT VERIFIED");
    }

    @Test
    void eachMessageStandsInTheLogBeforeItIsAnswered() throws Exception {
        log = directory.resolve("received.jsonl");
        assertThat(send(List.of(SECRET), SECRET, NOW, BODY)).isEqualTo(204);
        assertThat(send(List.of(OTHER), SECRET, NOW, BODY)).isEqualTo(401);
        assertThat(send(List.of(), SECRET, NOW, "no JSON")).isEqualTo(204);

        assertThat(Files.readAllLines(log))
                .containsExactly(
                        "{\"receivedAt\":\"2026-11-23T08:18:00Z\",\"webhookId\":\"msg_1\",\"verdict\":\"verified\",\"body\":"
                                + BODY + "}",
                        "{\"receivedAt\":\"2026-11-23T08:18:00Z\",\"webhookId\":\"msg_1\",\"verdict\":\"refused\",\"body\":"
                                + BODY + "}",
                        "{\"receivedAt\":\"2026-11-23T08:18:00Z\",\"webhookId\":\"msg_1\",\"verdict\":\"unverified\",\"body\":"
                                + "\"no JSON\"}");
    }

    @Test
    void onlyMessagesAreTakenAndItSaysSo() throws Exception {
        try (WebhookListener listener = WebhookListener.start(0, List::of, () -> NOW, printed::add, log)) {
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + "/"))
                                    .build(),
                            BodyHandlers.discarding());

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().allValues("Allow")).containsExactly("POST");
        }
    }

    @Test
    void secretsAreKeptForTheListener(@TempDir Path directory) {
        KnownSecrets known = new KnownSecrets(directory.resolve("webhooks.json"));
        assertThat(known.all()).isEmpty();

        known.add("wh_1", SECRET);
        known.add("wh_2", OTHER);

        assertThat(known.all()).containsExactlyInAnyOrder(SECRET, OTHER);
    }

    private int send(List<String> known, String secret, Instant stamped, String body) throws Exception {
        try (WebhookListener listener = WebhookListener.start(0, () -> known, () -> NOW, printed::add, log)) {
            String signature = new Webhook(secret).sign("msg_1", stamped.getEpochSecond(), body);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + "/"))
                    .header("webhook-id", "msg_1")
                    .header("webhook-timestamp", Long.toString(stamped.getEpochSecond()))
                    .header("webhook-signature", "v1,bm90IHRoaXMgb25l " + signature)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
