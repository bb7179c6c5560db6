package org.citystream.service.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.citystream.service.config.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How Kafka is to be trusted and how we prove who we are. A picocli mixin; secrets are in files. */
final class KafkaSecurity {
    /** SCRAM in its two strengths. */
    enum Mechanism {
        SCRAM_SHA_256,
        SCRAM_SHA_512;

        private String wireName() {
            return name().replace('_', '-');
        }
    }

    private static final String PEM = "PEM";

    @Option(
            names = "--kafka-security-protocol",
            paramLabel = "PROTOCOL",
            defaultValue = "PLAINTEXT",
            description = "PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT (default: ${DEFAULT-VALUE}).")
    private SecurityProtocol protocol = SecurityProtocol.PLAINTEXT;

    @Option(
            names = "--kafka-ca-file",
            paramLabel = "FILE",
            description = "PEM file with the authorities to trust (default: those that Java trusts).")
    private @Nullable Path caFile;

    @Option(
            names = "--kafka-certificate-file",
            paramLabel = "FILE",
            description = "PEM file with our own certificate and its chain (default: none).")
    private @Nullable Path certificateFile;

    @Option(
            names = "--kafka-key-file",
            paramLabel = "FILE",
            description = "PEM file with the certificate's private key, PKCS #8, unencrypted (default: none).")
    private @Nullable Path keyFile;

    @Option(names = "--kafka-user", paramLabel = "USER", description = "User for SASL (default: none).")
    private @Nullable String user;

    @Option(
            names = "--kafka-password-file",
            paramLabel = "FILE",
            description = "File with the user's password (default: none).")
    private @Nullable Path passwordFile;

    @Option(
            names = "--kafka-sasl-mechanism",
            paramLabel = "MECHANISM",
            defaultValue = "SCRAM_SHA_512",
            description = "SCRAM_SHA_256 or SCRAM_SHA_512 (default: ${DEFAULT-VALUE}).")
    private Mechanism mechanism = Mechanism.SCRAM_SHA_512;

    private boolean isEncrypted() {
        return protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL;
    }

    private boolean hasUsers() {
        return protocol == SecurityProtocol.SASL_SSL || protocol == SecurityProtocol.SASL_PLAINTEXT;
    }

    /** What cannot work. */
    List<String> problems() {
        Problems problems = new Problems();
        if (!isEncrypted() && (caFile != null || certificateFile != null || keyFile != null)) {
            problems.add(
                    "kafka-ca-file, kafka-certificate-file and kafka-key-file are for kafka-security-protocol SSL or"
                            + " SASL_SSL, but that is " + protocol);
        }
        if ((certificateFile == null) != (keyFile == null)) {
            problems.add("kafka-certificate-file and kafka-key-file must come together");
        }
        if (hasUsers() && (user == null || passwordFile == null)) {
            problems.add("kafka-security-protocol " + protocol + " needs kafka-user and kafka-password-file");
        }
        if (!hasUsers() && (user != null || passwordFile != null)) {
            problems.add("kafka-user and kafka-password-file are for kafka-security-protocol SASL_SSL or"
                    + " SASL_PLAINTEXT, but that is " + protocol);
        }
        problems.readable("kafka-ca-file", caFile);
        problems.readable("kafka-certificate-file", certificateFile);
        problems.readable("kafka-key-file", keyFile);
        problems.readable("kafka-password-file", passwordFile);
        return problems.all();
    }

    /**
     * As client properties.
     *
     * @throws IllegalStateException if there are {@link #problems}
     */
    Map<String, Object> properties() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        if (caFile != null) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(read(caFile)));
        }
        if (certificateFile != null && keyFile != null) {
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(read(certificateFile)));
            properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(read(keyFile)));
        }
        if (user != null && passwordFile != null) {
            properties.put(SaslConfigs.SASL_MECHANISM, mechanism.wireName());
            properties.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    new Password(login(user, read(passwordFile).strip())));
        }
        return properties;
    }

    private static String login(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=" + quoted(user)
                + " password=" + quoted(password) + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e, e);
        }
    }
}
