package org.citystream.service.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import org.citystream.service.socket.NoDelaySocketFactory;
import org.citystream.service.socket.Pem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the MQTT broker is, whom to trust there and how we prove who we are. A picocli mixin; secrets are in files. */
public final class BrokerAccess {
    @Option(
            names = "--mqtt-url",
            paramLabel = "URL",
            defaultValue = "tcp://127.0.0.1:1883",
            description = "MQTT 5 broker, tcp://HOST:PORT or, encrypted, ssl://HOST:PORT (default: ${DEFAULT-VALUE}).")
    private String url = "tcp://127.0.0.1:1883";

    @Option(names = "--mqtt-user", paramLabel = "NAME", description = "User at the broker (default: none).")
    private @Nullable String user;

    @Option(
            names = "--mqtt-password-file",
            paramLabel = "FILE",
            description = "File with the user's password (default: none).")
    private @Nullable Path passwordFile;

    @Option(
            names = "--mqtt-ca-file",
            paramLabel = "FILE",
            description = "PEM file with the authorities to trust behind ssl:// (default: those that Java trusts).")
    private @Nullable Path caFile;

    @Option(
            names = "--mqtt-certificate-file",
            paramLabel = "FILE",
            description = "PEM file with our own certificate and its chain (default: none).")
    private @Nullable Path certificateFile;

    @Option(
            names = "--mqtt-key-file",
            paramLabel = "FILE",
            description = "PEM file with the certificate's private key, PKCS #8, unencrypted (default: none).")
    private @Nullable Path keyFile;

    public BrokerAccess() {}

    /** Without a user, trusting whom Java trusts. */
    public BrokerAccess(String url) {
        this.url = url;
    }

    /** Another broker, which is to be trusted and knows us in the same way. */
    public BrokerAccess at(String otherUrl) {
        BrokerAccess other = new BrokerAccess(otherUrl);
        other.user = user;
        other.passwordFile = passwordFile;
        other.caFile = caFile;
        other.certificateFile = certificateFile;
        other.keyFile = keyFile;
        return other;
    }

    public String url() {
        return url;
    }

    /** Null: none. */
    public @Nullable String user() {
        return user;
    }

    /** What cannot work; files are read for it, as they are now. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!url.matches("(tcp|ssl|ws|wss)://.+")) {
            problems.add("--mqtt-url must be tcp://HOST:PORT or ssl://HOST:PORT but is " + url);
        }
        if ((certificateFile == null) != (keyFile == null)) {
            problems.add("--mqtt-certificate-file and --mqtt-key-file must come together");
        }
        boolean anyPem = caFile != null || certificateFile != null;
        if (anyPem && !isEncrypted()) {
            problems.add("--mqtt-ca-file and --mqtt-certificate-file are for ssl://..., but --mqtt-url is " + url);
        }
        addFailure(this::password, problems);
        addFailure(this::sockets, problems);
        return problems;
    }

    private static void addFailure(Runnable reading, List<String> problems) {
        try {
            reading.run();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            problems.add(e.getMessage() + "; name files that this user can read");
        }
    }

    private boolean isEncrypted() {
        return url.startsWith("ssl:");
    }

    /**
     * The user's password, as its file has it now, without white space around it; null: none.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public byte @Nullable [] password() {
        if (passwordFile == null) {
            return null;
        }
        try {
            return Files.readString(passwordFile).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read --mqtt-password-file " + passwordFile, e);
        }
    }

    /**
     * What opens the sockets; empty, for WebSockets: the client library's own.
     *
     * @throws IllegalArgumentException if the PEM files do not hold what they should
     */
    public Optional<SocketFactory> sockets() {
        if (url.startsWith("tcp:")) {
            return Optional.of(new NoDelaySocketFactory());
        }
        if (!isEncrypted()) {
            return Optional.empty();
        }
        try {
            return Optional.of(NoDelaySocketFactory.encrypted(Pem.sockets(caFile, certificateFile, keyFile)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + e.getMessage(), e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "--mqtt-ca-file, --mqtt-certificate-file or --mqtt-key-file cannot be used: " + e.getMessage(), e);
        }
    }
}
