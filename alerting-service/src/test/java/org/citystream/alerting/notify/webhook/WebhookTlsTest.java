package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import okhttp3.Dns;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Bodies;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Format;
import org.citystream.service.socket.Pem;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.CertificateAuthority.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks over TLS, where an authority of the city's own is trusted as {@code docs/webhooks.md} says. */
class WebhookTlsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "webhooks.md");
    private static final Pattern COMMANDS =
            Pattern.compile("<!-- trusted-authority -->\n```bash\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("-D([^= ]+)=(\\S+)");

    private static final AddressGuard LOOPBACK = new AddressGuard(List.of(AddressRange.parse("127.0.0.1/32")));
    private static final String HOST = "hooks.city.example";

    /** No other resolver knows the name: whoever gets there went to the address that was checked. */
    private static final Dns RESOLVER = host -> {
        if (!host.equals(HOST)) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByName("127.0.0.1"));
    };

    @TempDir
    static Path directory;

    private static CertificateAuthority authority;
    private static Map<String, String> trust;

    @BeforeAll
    static void trustAsDocumented() throws Exception {
        authority = new CertificateAuthority(directory, "ca");
        trust = PROPERTY.matcher(options())
                .results()
                .collect(Collectors.toMap(option -> option.group(1), option -> option.group(2)));
    }

    /** What the documented commands have Java told. */
    private static String options() throws IOException, InterruptedException {
        String commands = COMMANDS.matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult block) -> block.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(DOCUMENT + " does not say how to trust an authority"));
        ProcessBuilder shell = new ProcessBuilder("bash", "-ec", commands + "printf %s \"$JAVA_TOOL_OPTIONS\"")
                .directory(directory.toFile())
                .redirectError(directory.resolve("said").toFile());
        shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = shell.start();
        String options = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("said")))
                .isZero();
        return options;
    }

    @Test
    void itGoesToTheAddressThatWasCheckedUnderTheNameInTheUrl() throws Exception {
        List<SNIServerName> asked = new CopyOnWriteArrayList<>();
        try (Receiver receiver = receiver(authority.issueAt("hooks", HOST))) {
            receiver.answer((exchange, received) -> {
                asked.addAll(
                        ((ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession()).getRequestedServerNames());
                exchange.sendResponseHeaders(204, -1);
            });

            Attempt attempt = send(LOOPBACK, receiver);

            assertThat(attempt.error()).isNull();
            assertThat(attempt.status()).isEqualTo(204);
            assertThat(asked)
                    .extracting(name -> new String(name.getEncoded(), StandardCharsets.UTF_8))
                    .containsExactly(HOST);
            assertThat(receiver.received())
                    .extracting(received -> received.header("host"))
                    .containsExactly(HOST + ":" + receiver.port());
        }
    }

    @Test
    void aGoodCertificateOpensNoAddressThatIsNotAllowed() throws Exception {
        try (Receiver receiver = receiver(authority.issueAt("hooks", HOST))) {
            assertThat(send(new AddressGuard(List.of()), receiver).error()).contains("WEBHOOK_ALLOWED_CIDRS");
            assertThat(receiver.received()).isEmpty();
        }
    }

    /** The second authority calls itself what ours is called. */
    @ParameterizedTest
    @ValueSource(strings = {"foreign", "ca"})
    void whoHasACertificateOfAnUnknownAuthorityGetsNothing(String name) throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));

        assertGetsNothing(
                new CertificateAuthority(elsewhere, name).issueAt("hooks", HOST),
                "TLS: the certificate is of no authority that is trusted here");
    }

    @Test
    void whoseCertificateHasRunOutGetsNothing() throws Exception {
        assertGetsNothing(authority.issueExpired("hooks"), "TLS: the certificate has run out (NotAfter: ");
    }

    @Test
    void whoHasTheCertificateOfAnotherHostGetsNothing() throws Exception {
        assertGetsNothing(
                authority.issueAt("hooks", "other.city.example"), "TLS: the certificate is not one for " + HOST);
    }

    private static void assertGetsNothing(Identity identity, String reason) throws Exception {
        try (Receiver receiver = receiver(identity)) {
            Attempt attempt = send(LOOPBACK, receiver);

            assertThat(attempt.succeeded()).isFalse();
            assertThat(attempt.status()).isNull();
            assertThat(attempt.error()).startsWith(reason);
            assertThat(receiver.received()).isEmpty();
        }
    }

    private static Receiver receiver(Identity identity) throws Exception {
        return Receiver.startSecured(Pem.context(null, identity.certificate(), identity.key()));
    }

    private static Attempt send(AddressGuard guard, Receiver receiver) throws Exception {
        String url = "https://" + HOST + ":" + receiver.port() + "/hook";
        String secret = WebhookSecret.generate(new SecureRandom());
        Endpoint endpoint =
                Endpoint.registered("wh_1", url, Format.CITYSTREAM, List.of(), List.of(), null, secret, Instant.EPOCH);
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        try (WebhookSender sender = trusting(guard)) {
            sender.send(
                    new Delivery(
                            "msg_1", endpoint, "webhook.test", Bodies.test().toString(), 1, 1),
                    attempt::complete);
            return attempt.get(30, TimeUnit.SECONDS);
        }
    }

    /** The store that Java is told of is read when a sender is made. */
    private static WebhookSender trusting(AddressGuard guard) {
        trust.forEach(System::setProperty);
        try {
            return new WebhookSender(guard, RESOLVER, Clock.systemUTC(), Duration.ofSeconds(15));
        } finally {
            trust.keySet().forEach(System::clearProperty);
        }
    }
}
