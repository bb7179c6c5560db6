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
        Endpoint endpoint = Bodies.endpoint("mailto:traffic@city.example", Format.EMAIL);
        String body = new EmailMessage().render(message, endpoint);
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        try (EmailSender sender = new EmailSender(server, Clock.systemUTC())) {
            sender.send(new Delivery("msg_1", endpoint, "alert.opened", body, 1, 1), attempt::complete);
            return attempt.get(30, TimeUnit.SECONDS);
        }
    }
}
