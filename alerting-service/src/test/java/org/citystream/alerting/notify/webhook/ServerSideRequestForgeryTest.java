package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Bodies;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.webhook.Receiver.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever an endpoint's URL says, and whatever name servers say, nothing inside is ever connected to. */
class ServerSideRequestForgeryTest {
    private static final AddressGuard STRICT = new AddressGuard(List.of());
    private static final String SECRET = WebhookSecret.generate(new SecureRandom());

    /** A resolver that is taken in by everything: what is no address is inside. */
    private static final Dns CREDULOUS = host -> {
        if (host.equals("mixed.example")) {
            return List.of(InetAddress.getByName("93.184.216.34"), InetAddress.getByName("127.0.0.1"));
        }
        if (host.endsWith("example.org")) {
            throw new UnknownHostException(host);
        }
        return host.matches("[0-9a-fA-F.:x]+")
                ? List.of(InetAddress.getAllByName(host))
                : List.of(InetAddress.getLoopbackAddress());
    };

    private Canary four;

    @BeforeEach
    void start() throws IOException {
        four = new Canary(InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void stop() throws IOException {
        four.close();
    }

    static List<String> urls() {
        try (InputStream file = ServerSideRequestForgeryTest.class.getResourceAsStream("refused-urls.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replace("\\r", "\r").replace("\\n", "\n").replace("\\\\", "\\"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Past the check at registration, straight to the sender. */
    @Test
    void noUrlReachesTheCanaryEvenIfItWasRegistered() throws Exception {
        assertThat(urls()).hasSizeGreaterThanOrEqualTo(120).doesNotHaveDuplicates();
        Map<String, Attempt> attempts = new TreeMap<>();
        try (Canary six = new Canary(InetAddress.getByName("::1"));
                WebhookSender sender = sender(STRICT, CREDULOUS)) {
            for (String url : urls()) {
                attempts.put(url, send(sender, url.replace("{port}", String.valueOf(four.port()))));
                attempts.put(url, send(sender, url.replace("{port}", String.valueOf(six.port()))));
            }

            assertThat(attempts.values()).allSatisfy(attempt -> {
                assertThat(attempt.status()).isNull();
                assertThat(attempt.error()).isNotBlank();
            });
            assertThat(four.connections() + six.connections()).isZero();
        }
    }

    @Test
    void everyOneOfThemIsRefusedAtRegistrationToo() {
        WebhookUrl check = new WebhookUrl(STRICT, CREDULOUS);
        Set<String> taken = new TreeSet<>();
        for (String url : urls()) {
            if (check.problem(url.replace("{port}", String.valueOf(four.port())))
                    .isEmpty()) {
                taken.add(url);
            }
        }

        assertThat(taken).isEmpty();
        assertThat(four.connections()).isZero();
    }

    /** The tests above can fail: where the operator allows it, the canary is reached. */
    @Test
    void whatTheOperatorAllowsIsReached() throws Exception {
        AddressGuard allowing = new AddressGuard(List.of(AddressRange.parse("127.0.0.1/32")));
        try (WebhookSender sender = sender(allowing, CREDULOUS)) {
            send(sender, "http://127.0.0.1:" + four.port() + "/");
            send(sender, "http://inside.example:" + four.port() + "/");
        }

        assertThat(four.connections()).isEqualTo(2);
    }

    /** The attack that gets past a check made once: the name is public when it is checked, and inside when it is used. */
    @Test
    void aNameThatPointsInsideAfterItWasCheckedIsNotConnectedTo() throws Exception {
        AddressGuard neighbour = new AddressGuard(List.of(AddressRange.parse("127.0.0.2/32")));
        try (NameServer names = new NameServer(question -> List.of(question == 0 ? "127.0.0.2" : "127.0.0.1"));
                WebhookSender sender = sender(neighbour, names.client())) {
            String url = "http://rebinding.example:" + four.port() + "/hook";
            assertThat(new WebhookUrl(neighbour, names.client()).problem(url))
                    .as("when it is registered")
                    .isEmpty();

            Attempt attempt = send(sender, url);

            assertThat(attempt.error()).contains("WEBHOOK_ALLOWED_CIDRS");
            assertThat(names.asked()).isEqualTo(2);
            assertThat(four.connections()).isZero();
        }
    }

    /** Were the name looked up once for the check and once more for the connection, half of these would get through. */
    @Test
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws Exception {
        AddressGuard neighbour = new AddressGuard(List.of(AddressRange.parse("127.0.0.2/32")));
        try (NameServer names = new NameServer(question -> List.of(question % 2 == 0 ? "127.0.0.2" : "127.0.0.1"));
                WebhookSender sender = sender(neighbour, names.client())) {
            List<Attempt> attempts = Stream.generate(() -> "http://rebinding.example:" + four.port() + "/hook")
                    .limit(40)
                    .map(url -> send(sender, url))
                    .toList();

            assertThat(attempts)
                    .filteredOn(attempt ->
                            attempt.error() != null && attempt.error().contains("WEBHOOK_ALLOWED_CIDRS"))
                    .hasSize(20);
            assertThat(names.asked()).as("once an attempt").isEqualTo(40);
            assertThat(four.connections()).isZero();
        }
    }

    @Test
    void oneAddressInsideAmongOthersForbidsTheName() throws Exception {
        AddressGuard neighbour = new AddressGuard(List.of(AddressRange.parse("127.0.0.2/32")));
        try (NameServer names = new NameServer(question -> List.of("127.0.0.2", "127.0.0.1"));
                WebhookSender sender = sender(neighbour, names.client())) {
            assertThat(send(sender, "http://mixed.example:" + four.port() + "/").error())
                    .contains("WEBHOOK_ALLOWED_CIDRS");
            assertThat(four.connections()).isZero();
        }
    }

    @Test
    void aNameServerThatFailsLeadsNowhere() throws Exception {
        try (NameServer names = new NameServer(question -> List.of());
                WebhookSender sender = sender(STRICT, names.client())) {
            Attempt attempt = send(sender, "https://failing.example:" + four.port() + "/");

            assertThat(attempt.status()).isNull();
            assertThat(attempt.error()).contains("failing.example");
            assertThat(four.connections()).isZero();
        }
    }

    @Test
    void aRedirectInsideIsNotFollowed() throws Exception {
        AddressGuard allowing = new AddressGuard(List.of(AddressRange.parse("127.0.0.1/32")));
        try (Receiver receiver = Receiver.start();
                WebhookSender sender = sender(allowing, Dns.SYSTEM)) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                receiver.answer(Answer.status(status, "Location", "http://127.0.0.1:" + four.port() + "/"));
                assertThat(send(sender, receiver.url()).status()).isEqualTo(status);
            }
            assertThat(four.connections()).isZero();
        }
    }

    private static WebhookSender sender(AddressGuard guard, Dns resolver) {
        return new WebhookSender(guard, resolver, Clock.systemUTC(), Duration.ofSeconds(5));
    }

    private static Attempt send(WebhookSender sender, String url) {
        Endpoint endpoint =
                Endpoint.registered("wh_1", url, Format.CITYSTREAM, List.of(), List.of(), null, SECRET, Instant.EPOCH);
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        sender.send(
                new Delivery("msg_1", endpoint, "webhook.test", Bodies.test().toString(), 1, 1), attempt::complete);
        return attempt.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
