package org.citystream.alerting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.citystream.alerting.notify.email.SmtpServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings of the server that e-mail is handed in at. */
final class SmtpSettings {
    @Option(names = "--smtp-host", description = "SMTP server; without it webhooks with mailto: addresses are refused.")
    @Nullable String host;

    @Option(names = "--smtp-port", defaultValue = "587", description = "Its port (default: ${DEFAULT-VALUE}).")
    int port = 587;

    @Option(
            names = "--smtp-security",
            defaultValue = "STARTTLS",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    SmtpServer.Security security = SmtpServer.Security.STARTTLS;

    @Option(
            names = "--smtp-from",
            defaultValue = "citystream@localhost",
            description = "Sender's address (default: ${DEFAULT-VALUE}).")
    String from = "citystream@localhost";

    @Option(names = "--smtp-user", description = "User at the SMTP server; without it none is given.")
    @Nullable String user;

    @Option(names = "--smtp-password-file", description = "File with the user's password.")
    @Nullable Path passwordFile;

    /** The server; empty if e-mail is switched off. */
    Optional<SmtpServer> server() throws IOException {
        String password =
                passwordFile == null ? null : Files.readString(passwordFile).strip();
        return host == null
                ? Optional.empty()
                : Optional.of(new SmtpServer(host, port, security, from, user, password));
    }
}
