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
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Sender;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Sends e-mail. Every attempt carries the same Message-ID, by which mail systems know a repetition. */
public final class EmailSender implements Sender {
    /** For each step of the conversation with the server. */
    private static final Duration STEP = Duration.ofSeconds(5);

    /** For the whole of it, however slowly the server goes on: shorter than the claim of a delivery lasts. */
    private static final Duration WHOLE = Duration.ofSeconds(40);

    private static final int CONVERSATIONS = 4;
    private static final int ACCEPTED = 250;

    private final SmtpServer server;
    private final InstantSource clock;
    private final Duration whole;
    private final @Nullable Authenticator login;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(CONVERSATIONS, work -> new Thread(work, "email"));
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "email-deadlines"));

    private final AtomicInteger conversations = new AtomicInteger();

    /** @param clock wall clock */
    public EmailSender(SmtpServer server, InstantSource clock) {
        this(server, clock, WHOLE);
    }

    EmailSender(SmtpServer server, InstantSource clock, Duration whole) {
        this.server = server;
        this.clock = clock;
        this.whole = whole;
        this.login = login(server.user(), server.password());
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

    /** What would have to wait for a conversation stays in the outbox: its claim would run out while it waits. */
    @Override
    public int free(Endpoint endpoint) {
        return CONVERSATIONS - conversations.get();
    }

    @Override
    public void send(Delivery delivery, Consumer<Attempt> done) {
        conversations.incrementAndGet();
        threads.execute(() -> {
            Attempt attempt = attempt(delivery);
            conversations.decrementAndGet();
            done.accept(attempt);
        });
    }

    private Attempt attempt(Delivery delivery) {
        Instant startedAt = clock.instant();
        Line line = new Line();
        lines.add(line);
        ScheduledFuture<?> deadline = deadlines.schedule(line::cut, whole.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Transport.send(message(delivery, session(line), startedAt));
            return new Attempt(startedAt, since(startedAt), ACCEPTED, null, null, null);
        } catch (MessagingException e) {
            return line.isCut()
                    ? failed(startedAt, "the mail server was not done within " + whole.toSeconds() + " s")
                    : new Attempt(startedAt, since(startedAt), replyCode(e), describe(e), null, null);
        } catch (RuntimeException e) {
            // Whoever waits for the attempt must hear of its end, whatever it was.
            return failed(startedAt, "cannot be sent: " + e);
        } finally {
            deadline.cancel(false);
            lines.remove(line);
        }
    }

    private Attempt failed(Instant startedAt, String error) {
        return new Attempt(startedAt, since(startedAt), null, error, null, null);
    }

    private Session session(Line line) {
        Properties properties = server.properties(STEP);
        properties.put("mail.smtp.socketFactory", line);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        return Session.getInstance(properties, login);
    }

    private MimeMessage message(Delivery delivery, Session session, Instant now) throws MessagingException {
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
        deadlines.shutdownNow();
        try {
            if (!threads.awaitTermination(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                lines.forEach(Line::cut);
                threads.awaitTermination(STEP.toMillis(), TimeUnit.MILLISECONDS);
            }
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
