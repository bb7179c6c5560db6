package org.citystream.alerting.notify.email;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Sender;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Sends e-mail. Every attempt carries the same Message-ID, by which mail systems know a repetition. */
public final class EmailSender implements Sender {
    /** For each step of the conversation with the server. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int CONVERSATIONS = 4;
    private static final int ACCEPTED = 250;

    private final SmtpServer server;
    private final Session session;
    private final InstantSource clock;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(CONVERSATIONS, work -> new Thread(work, "email"));

    /** @param clock wall clock */
    public EmailSender(SmtpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        this.session = Session.getInstance(server.properties(TIMEOUT), login(server.user(), server.password()));
    }

    private static @Nullable Authenticator login(@Nullable String user, @Nullable String password) {
        if (user == null) {
            return null;
        }
        PasswordAuthentication login = new PasswordAuthentication(user, password);
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return login;
            }
        };
    }

    @Override
    public void send(Delivery delivery, Consumer<Attempt> done) {
        threads.execute(() -> done.accept(attempt(delivery)));
    }

    private Attempt attempt(Delivery delivery) {
        Instant startedAt = clock.instant();
        try {
            Transport.send(message(delivery, startedAt));
            return new Attempt(startedAt, since(startedAt), ACCEPTED, null, null, null);
        } catch (MessagingException e) {
            return new Attempt(startedAt, since(startedAt), replyCode(e), describe(e), null, null);
        }
    }

    private MimeMessage message(Delivery delivery, Instant now) throws MessagingException {
        EmailMessage.Parts parts = EmailMessage.Parts.of(delivery.body());
        MimeMessage message = new IdentifiedMessage(session, "<" + delivery.webhookId() + "@citystream>");
        message.setFrom(new InternetAddress(server.from(), true));
        message.setRecipient(
                Message.RecipientType.TO, MailAddress.of(delivery.endpoint().url()));
        message.setSubject(parts.subject(), "UTF-8");
        message.setText(parts.text(), "UTF-8");
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (!parts.thread().isEmpty()) {
            message.setHeader("References", "<" + parts.thread() + "@citystream>");
        }
        return message;
    }

    /** The server's own number, where it said one. */
    private static @Nullable Integer replyCode(MessagingException e) {
        for (Throwable cause = e; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPAddressFailedException refused) {
                return refused.getReturnCode();
            }
            if (cause instanceof SMTPSendFailedException refused && refused.getNextException() == null) {
                return refused.getReturnCode();
            }
        }
        return null;
    }

    private static @Nullable Throwable next(Throwable e) {
        return e instanceof MessagingException messaging && messaging.getNextException() != null
                ? messaging.getNextException()
                : e.getCause();
    }

    private static String describe(MessagingException e) {
        String last = "";
        for (Throwable cause = e; cause != null; cause = next(cause)) {
            last = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return last.strip().replaceAll("\\s+", " ");
    }

    private Duration since(Instant startedAt) {
        return Duration.between(startedAt, clock.instant());
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The library would give every attempt another id. */
    private static final class IdentifiedMessage extends MimeMessage {
        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
