package org.citystream.alerting.notify.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Bodies;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Format;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real SMTP server in this process. */
class EmailSenderTest {
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        mail.setUser("citystream", "letmein");
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void anAlertArrivesAsPlainTextInAThreadOfItsOwn() throws Exception {
        Attempt attempt = send(
                server("citystream", "letmein"),
                Bodies.change(ChangeType.OPENED, Events.on("ring-3").opened(), null));

        assertThat(attempt.succeeded()).as(attempt.error()).isTrue();
        assertThat(attempt.status()).isEqualTo(250);
        MimeMessage received = mail.getReceivedMessages()[0];
        assertThat(received.getSubject()).startsWith("[OPENED] Moderate congestion on Ring Road 3");
        assertThat(received.getFrom()[0].toString()).isEqualTo("alerts@city.example");
        assertThat(received.getAllRecipients()[0].toString()).isEqualTo("traffic@city.example");
        assertThat(received.getMessageID()).isEqualTo("<msg_1@citystream>");
        assertThat(received.getHeader("References", null)).startsWith("<al-");
        assertThat(String.valueOf(received.getContent()))
                .contains("Vehicles crawl at a fifth of free flow.")
                .contains("https://city.example/?alert=al-");
    }

    @Test
    void aRepetitionHasTheSameMessageId() throws Exception {
        JsonNode message = Bodies.change(ChangeType.OPENED, Events.on("ring-3").opened(), null);
        send(server(null, null), message);
        send(server(null, null), message);

        assertThat(mail.getReceivedMessages())
                .hasSize(2)
                .allSatisfy(m -> assertThat(m.getMessageID()).isEqualTo("<msg_1@citystream>"));
    }

    @Test
    void aNameCannotAddAHeader() throws Exception {
        ObjectNode message = Bodies.change(
                        ChangeType.OPENED, Events.on("ring-3").opened(), null)
                .deepCopy();
        ((ObjectNode) message.get("data")).put("title", "Jam\r\nBcc: everyone@city.example");

        Attempt attempt = send(server(null, null), message);

        assertThat(attempt.succeeded()).isTrue();
        assertThat(mail.getReceivedMessages()).hasSize(1);
        assertThat(mail.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    }

    @Test
    void aWrongPasswordIsReportedAndNotRepeated() throws Exception {
        Attempt attempt = send(server("citystream", "wrong"), Bodies.test());

        assertThat(attempt.succeeded()).isFalse();
        assertThat(attempt.error()).isNotEmpty().doesNotContain("wrong");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void nobodyListening() throws Exception {
        SmtpServer server = server(null, null);
        mail.stop();

        Attempt attempt = send(server, Bodies.test());

        assertThat(attempt.status()).isNull();
        assertThat(attempt.error()).isNotEmpty();
    }

    @Test
    void aRefusedRecipientIsReportedWithTheServersNumber() throws Exception {
        try (ServerSocket refusing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread conversation = new Thread(() -> refuse(refusing));
            conversation.start();
            Attempt attempt = send(
                    new SmtpServer(
                            "127.0.0.1",
                            refusing.getLocalPort(),
                            SmtpServer.Security.NONE,
                            "alerts@city.example",
                            null,
                            null),
                    Bodies.test());

            assertThat(attempt.status()).isEqualTo(550);
            assertThat(attempt.error()).contains("no such user");
        }
    }

    @Test
    void aServerThatNeverComesToAnEndIsLeftInTime() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread conversation = new Thread(() -> dawdle(slow));
            conversation.start();
            CompletableFuture<Attempt> attempt = new CompletableFuture<>();
            try (EmailSender sender = new EmailSender(
                    server(slow.getLocalPort(), SmtpServer.Security.NONE), Clock.systemUTC(), Duration.ofSeconds(1))) {
                sender.send(delivery(Bodies.test()), attempt::complete);
                assertThat(sender.free(Bodies.endpoint("mailto:traffic@city.example", Format.EMAIL)))
                        .isEqualTo(3);
                assertThat(attempt.get(20, TimeUnit.SECONDS).error())
                        .isEqualTo("the mail server was not done within 1 s");
                assertThat(sender.free(Bodies.endpoint("mailto:traffic@city.example", Format.EMAIL)))
                        .isEqualTo(4);
            }
        }
    }

    /** A greeting of many lines, one at a time. */
    private static void dawdle(ServerSocket server) {
        try (Socket socket = server.accept()) {
            while (true) {
                say(socket, "220-wait");
                Thread.sleep(100);
            }
        } catch (IOException e) {
            // The other side has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatCannotBeWrittenIsAnAttemptThatFailed() throws Exception {
        Endpoint endpoint = Bodies.endpoint("mailto:traffic@city.example", Format.EMAIL);
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        try (EmailSender sender = new EmailSender(server(null, null), Clock.systemUTC())) {
            sender.send(new Delivery("msg_1", endpoint, "alert.opened", "no JSON", 1, 1), attempt::complete);

            assertThat(attempt.get(10, TimeUnit.SECONDS).error()).startsWith("cannot be sent: ");
            assertThat(sender.free(endpoint)).isEqualTo(4);
        }
    }

    @Test
    void aServerWhoseCertificateNobodyVouchesForIsToldNothing() throws Exception {
        GreenMail secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        secure.start();
        try {
            Attempt attempt = send(server(secure.getSmtps().getPort(), SmtpServer.Security.TLS), Bodies.test());

            assertThat(attempt.succeeded()).isFalse();
            assertThat(attempt.error()).contains("certification path");
            assertThat(secure.getReceivedMessages()).isEmpty();
        } finally {
            secure.stop();
        }
    }

    @Test
    void aServerWithoutStartTlsIsToldNothingInTheClear() throws Exception {
        Attempt attempt = send(server(mail.getSmtp().getPort(), SmtpServer.Security.STARTTLS), Bodies.test());

        assertThat(attempt.succeeded()).isFalse();
        assertThat(attempt.error()).contains("STARTTLS is required");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    private static SmtpServer server(int port, SmtpServer.Security security) {
        return new SmtpServer("127.0.0.1", port, security, "alerts@city.example", null, null);
    }

    private static void refuse(ServerSocket server) {
        try (Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            say(socket, "220 here");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(socket, line.startsWith("RCPT") ? "550 5.1.1 no such user" : "250 fine");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:",
                "mailto:nobody",
                "mailto:a@b.example,c@d.example",
                "mailto:a@b.example?cc=c@d.example",
                "mailto:a@b.example\r\nBcc: c@d.example",
                "mailto:Ada <a@b.example>",
                "https://example.org/"
            })
    void onlyOnePlainAddressIsTaken(String url) {
        assertThat(MailAddress.problem(url)).isPresent();
        assertThat(MailAddress.problem("mailto:traffic@city.example")).isEmpty();
    }

    private SmtpServer server(@Nullable String user, @Nullable String password) {
        return new SmtpServer(
                "127.0.0.1", mail.getSmtp().getPort(), SmtpServer.Security.NONE, "alerts@city.example", user, password);
    }

    private static Attempt send(SmtpServer server, JsonNode message) throws Exception {
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        try (EmailSender sender = new EmailSender(server, Clock.systemUTC())) {
            sender.send(delivery(message), attempt::complete);
            return attempt.get(30, TimeUnit.SECONDS);
        }
    }

    private static Delivery delivery(JsonNode message) {
        Endpoint endpoint = Bodies.endpoint("mailto:traffic@city.example", Format.EMAIL);
        return new Delivery("msg_1", endpoint, "alert.opened", new EmailMessage().render(message, endpoint), 1, 1);
    }
}
