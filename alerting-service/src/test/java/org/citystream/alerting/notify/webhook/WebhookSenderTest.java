package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.webhook.Receiver.Answer;
import org.citystream.alerting.notify.webhook.Receiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest {
    private static final AddressGuard LAPTOP = new AddressGuard(List.of(AddressRange.parse("127.0.0.0/8")));
    private static final AddressGuard NOTHING_SPECIAL = new AddressGuard(List.of());
    private static final Duration PATIENT = Duration.ofSeconds(15);
    private static final Duration HASTY = Duration.ofMillis(300);

    private final String secret = WebhookSecret.generate(new SecureRandom());
    private Receiver receiver;
    private WebhookSender sender;

    @BeforeEach
    void start() throws IOException {
        receiver = Receiver.start();
        sender = new WebhookSender(LAPTOP, Dns.SYSTEM, Clock.systemUTC(), PATIENT);
    }

    @AfterEach
    void stop() {
        sender.close();
        receiver.close();
    }

    @Test
    void aDeliveryArrivesSigned() throws Exception {
        Attempt attempt = send(sender, receiver.url());

        assertThat(attempt.succeeded()).isTrue();
        assertThat(attempt.error()).isNull();
        Received received = receiver.received().get(0);
        assertThat(received.header("content-type")).isEqualTo("application/json");
        assertThat(received.header("webhook-id")).isEqualTo("msg_1");
        assertThatCode(() -> new Webhook(secret).verify(received.body(), received.headers()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410, 500, 503})
    void anythingButSuccessIsReported(int status) throws Exception {
        receiver.answer((exchange, received) -> {
            byte[] body = "out of order".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        });

        Attempt attempt = send(sender, receiver.url());

        assertThat(attempt.succeeded()).isFalse();
        assertThat(attempt.status()).isEqualTo(status);
        assertThat(attempt.error()).isEqualTo("HTTP " + status);
        assertThat(attempt.response()).isEqualTo("out of order");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) throws Exception {
        try (Receiver elsewhere = Receiver.start()) {
            receiver.answer(Answer.status(status, "Location", elsewhere.url()));

            Attempt attempt = send(sender, receiver.url());

            assertThat(attempt.succeeded()).isFalse();
            assertThat(attempt.status()).isEqualTo(status);
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void retryAfterIsReadInSecondsAndAsADate() throws Exception {
        receiver.answer(Answer.status(429, "Retry-After", "120"));
        assertThat(send(sender, receiver.url()).retryAfter()).isEqualTo(Duration.ofSeconds(120));

        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 08:17:30 GMT", Instant.parse("2026-11-23T08:15:30Z")))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("soon", Instant.EPOCH)).isNull();
    }

    @Test
    void anEndpointThatDoesNotAnswerIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        receiver.answer((exchange, received) -> await(over));

        try (WebhookSender hasty = new WebhookSender(LAPTOP, Dns.SYSTEM, Clock.systemUTC(), HASTY)) {
            Attempt attempt = send(hasty, receiver.url());
            over.countDown();

            assertThat(attempt.status()).isNull();
            assertThat(attempt.error()).isEqualTo("no answer within the time limit");
        }
    }

    @Test
    void anEndlessAnswerIsReadOnlySoFar() throws Exception {
        AtomicInteger written = new AtomicInteger();
        receiver.answer((exchange, received) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[8192];
            while (written.addAndGet(block.length) < 100_000_000) {
                exchange.getResponseBody().write(block);
            }
        });

        Attempt attempt = send(sender, receiver.url());

        assertThat(attempt.succeeded()).isTrue();
        assertThat(written.get()).as("what fits into the buffers between").isLessThan(20_000_000);
        assertThat(attempt.response()).hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void anAnswerThatIsNoHttpCannotSpoilTheLog() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answer =
                    CompletableFuture.runAsync(() -> answer(rude, "\0".repeat(10_000) + "\r\n"));

            Attempt attempt = send(sender, "http://127.0.0.1:" + rude.getLocalPort() + "/");
            answer.join();

            assertThat(attempt.succeeded()).isFalse();
            assertThat(attempt.error()).doesNotContain("\0").hasSizeBetween(1, 4096);
        }
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nobodyListening() throws Exception {
        String url = receiver.url();
        receiver.close();

        Attempt attempt = send(sender, url);

        assertThat(attempt.status()).isNull();
        assertThat(attempt.error()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:%d/", "http://localhost:%d/", "https://127.0.0.1:%d/", "https://localhost:%d/"
            })
    void whatIsNotAllowedIsNeverConnectedTo(String url) throws Exception {
        try (WebhookSender strict = new WebhookSender(NOTHING_SPECIAL, Dns.SYSTEM, Clock.systemUTC(), PATIENT)) {
            Attempt attempt = send(strict, url.formatted(receiver.port()));

            assertThat(attempt.status()).isNull();
            assertThat(attempt.error()).contains("WEBHOOK_ALLOWED_CIDRS");
            assertThat(receiver.received()).isEmpty();
        }
    }

    /** A name server that answers with a public address when asked first, and with loopback afterwards. */
    @Test
    void aNameThatChangesItsAddressLeadsNowhere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Dns rebinding =
                host -> List.of(InetAddress.getByName(asked.getAndIncrement() == 0 ? "192.0.2.1" : "127.0.0.1"));
        try (WebhookSender strict = new WebhookSender(NOTHING_SPECIAL, rebinding, Clock.systemUTC(), PATIENT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(strict, "http://rebind.example:" + receiver.port() + "/")
                                .status())
                        .isNull();
            }
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void oneForbiddenAddressAmongAllowedOnesForbidsTheName() throws Exception {
        Dns mixed = host -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("10.0.0.1"));
        try (WebhookSender laptop = new WebhookSender(LAPTOP, mixed, Clock.systemUTC(), PATIENT)) {
            Attempt attempt = send(laptop, "http://mixed.example:" + receiver.port() + "/");

            assertThat(attempt.error()).contains("WEBHOOK_ALLOWED_CIDRS");
            assertThat(receiver.received()).isEmpty();
        }
    }

    private Attempt send(WebhookSender through, String url) throws Exception {
        Endpoint endpoint =
                Endpoint.registered("wh_1", url, Format.CITYSTREAM, List.of(), List.of(), null, secret, Instant.EPOCH);
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        through.send(new Delivery("msg_1", endpoint, "alert.opened", "{\"a\":\"ä\"}", 1, 1), attempt::complete);
        return attempt.get(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
