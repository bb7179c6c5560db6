package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import java.io.ByteArrayOutputStream;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
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

    @Test
    void anAnswerByHttpOneZeroEndsWithItsConnectionAndTheNextDeliveryOpensAnother() throws Exception {
        try (ServerSocket old = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            for (int delivery = 0; delivery < 2; delivery++) {
                CompletableFuture<Void> answer =
                        CompletableFuture.runAsync(() -> answer(old, "HTTP/1.0 200 OK\r\n\r\nthanks"));

                Attempt attempt = send(sender, "http://127.0.0.1:" + old.getLocalPort() + "/");
                answer.join();

                assertThat(attempt.error()).isNull();
                assertThat(attempt.response()).isEqualTo("thanks");
            }
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

    @Test
    void noProxyOfTheJvmIsUsed() throws Exception {
        try (Canary proxy = new Canary(InetAddress.getByName("127.0.0.1"))) {
            Map<String, String> settings = Map.of(
                    "socksProxyHost", "127.0.0.1",
                    "socksProxyPort", Integer.toString(proxy.port()),
                    "socksNonProxyHosts", "",
                    "http.proxyHost", "127.0.0.1",
                    "http.proxyPort", Integer.toString(proxy.port()),
                    "http.nonProxyHosts", "");
            settings.forEach(System::setProperty);
            try {
                assertThat(send(sender, receiver.url()).succeeded()).isTrue();
            } finally {
                settings.keySet().forEach(System::clearProperty);
            }
            assertThat(proxy.connections()).isZero();
        }
    }

    /** Both at a time, since each takes as long as the contract says. */
    @Test
    void afterFifteenSecondsAnEndpointIsGivenUpWhetherItHangsOrDawdles() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        receiver.answer((exchange, received) -> {
            if (received.path().endsWith("/dawdles")) {
                exchange.sendResponseHeaders(200, 0);
                while (over.getCount() > 0) {
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            } else {
                await(over);
            }
        });
        long begun = System.nanoTime();
        try (WebhookSender standard = new WebhookSender(LAPTOP, Clock.systemUTC())) {
            CompletableFuture<Attempt> hangs = begin(standard, receiver.url() + "/hangs");
            CompletableFuture<Attempt> dawdles = begin(standard, receiver.url() + "/dawdles");

            assertThat(hangs.get(30, TimeUnit.SECONDS).error()).isEqualTo("no answer within the time limit");
            assertThat(dawdles.get(30, TimeUnit.SECONDS).status())
                    .as("it has been said by then")
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(25));
        } finally {
            over.countDown();
        }
    }

    @Test
    void ofAnAnswerNoMoreThanTheCapIsRead() throws Exception {
        CompletableFuture<Integer> written = new CompletableFuture<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> written.complete(writeUntilCut(server)));
            thread.start();

            Attempt attempt = send(sender, "http://127.0.0.1:" + server.getLocalPort() + "/");

            assertThat(attempt.status()).isEqualTo(200);
            // So slowly that nothing to speak of is on its way when the client hangs up.
            assertThat(written.get(20, TimeUnit.SECONDS))
                    .isBetween(WebhookSender.MAX_RESPONSE_BYTES, 16 * WebhookSender.MAX_RESPONSE_BYTES);
        }
    }

    private static int writeUntilCut(ServerSocket server) {
        int written = 0;
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (written < 10_000_000) {
                socket.getOutputStream().write(new byte[1024]);
                written += 1024;
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        } catch (IOException e) {
            // The client has hung up.
        }
        return written;
    }

    @Test
    void anAnswerThatUnpacksWithoutEndIsReadOnlySoFar() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(new byte[50_000_000]);
        }
        receiver.answer((exchange, received) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
        });

        Attempt attempt = send(sender, receiver.url());

        assertThat(attempt.succeeded()).isTrue();
        assertThat(attempt.response()).hasSizeLessThanOrEqualTo(4096);
    }

    private Attempt send(WebhookSender through, String url) throws Exception {
        return begin(through, url).get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<Attempt> begin(WebhookSender through, String url) {
        Endpoint endpoint =
                Endpoint.registered("wh_1", url, Format.CITYSTREAM, List.of(), List.of(), null, secret, Instant.EPOCH);
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        through.send(new Delivery("msg_1", endpoint, "alert.opened", "{\"a\":\"ä\"}", 1, 1), attempt::complete);
        return attempt;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
