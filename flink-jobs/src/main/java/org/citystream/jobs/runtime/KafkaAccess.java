package org.citystream.jobs.runtime;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.util.ParameterTool;

/**
 * How the jobs reach Kafka, as client properties without secrets: where a secret belongs they name its file, which the client
 * reads where it runs, on JobManager and TaskManagers. So no secret is in a job graph, in Flink's web interface or in its
 * recovery data.
 */
public record KafkaAccess(Map<String, String> clientProperties) implements Serializable {
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final String PROTOCOL = "kafka-security-protocol";
    private static final String CA_FILE = "kafka-ca-file";
    private static final String CERTIFICATE_FILE = "kafka-certificate-file";
    private static final String KEY_FILE = "kafka-key-file";
    private static final String USER = "kafka-user";
    private static final String PASSWORD_FILE = "kafka-password-file";
    private static final String MECHANISM = "kafka-sasl-mechanism";
    private static final String SERVERS = "kafka-bootstrap-servers";

    /** The arguments of jobs that it is made from; the services have settings of the same names. */
    static final List<String> ARGUMENTS =
            List.of(SERVERS, PROTOCOL, CA_FILE, CERTIFICATE_FILE, KEY_FILE, USER, PASSWORD_FILE, MECHANISM);

    /** Without TLS and users. */
    public static KafkaAccess plain(String bootstrapServers) {
        return new KafkaAccess(Map.of(BOOTSTRAP_SERVERS, bootstrapServers));
    }

    /**
     * @throws IllegalArgumentException if they contradict each other, or a file cannot be used
     */
    static KafkaAccess of(ParameterTool arguments) {
        Map<String, String> properties = new TreeMap<>();
        properties.put(BOOTSTRAP_SERVERS, arguments.get(SERVERS, "127.0.0.1:9092"));
        String protocol = arguments.get(PROTOCOL, "PLAINTEXT");
        boolean encrypted = protocol.endsWith("SSL");
        boolean users = protocol.startsWith("SASL_");
        require(
                List.of("PLAINTEXT", "SSL", "SASL_SSL", "SASL_PLAINTEXT").contains(protocol),
                PROTOCOL + " is PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT, not " + protocol);
        require(
                encrypted || !arguments.has(CA_FILE) && !arguments.has(CERTIFICATE_FILE) && !arguments.has(KEY_FILE),
                CA_FILE + ", " + CERTIFICATE_FILE + " and " + KEY_FILE + " need " + PROTOCOL + " SSL or SASL_SSL");
        require(
                arguments.has(CERTIFICATE_FILE) == arguments.has(KEY_FILE),
                CERTIFICATE_FILE + " and " + KEY_FILE + " must come together");
        require(
                users == arguments.has(USER) && users == arguments.has(PASSWORD_FILE),
                USER + " and " + PASSWORD_FILE + " belong to " + PROTOCOL
                        + " SASL_SSL or SASL_PLAINTEXT, which need both");
        if (!protocol.equals("PLAINTEXT")) {
            properties.put("security.protocol", protocol);
            properties.put("config.providers", "directory");
            properties.put(
                    "config.providers.directory.class",
                    "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
        }
        if (arguments.has(CA_FILE)) {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.certificates", contentOf(arguments.get(CA_FILE)));
        }
        if (arguments.has(CERTIFICATE_FILE)) {
            properties.put("ssl.keystore.type", "PEM");
            properties.put("ssl.keystore.certificate.chain", contentOf(arguments.get(CERTIFICATE_FILE)));
            properties.put("ssl.keystore.key", contentOf(arguments.get(KEY_FILE)));
        }
        if (users) {
            properties.put(
                    "sasl.mechanism", arguments.get(MECHANISM, "SCRAM_SHA_512").replace('_', '-'));
            properties.put("sasl.jaas.config", login(arguments.get(USER), arguments.get(PASSWORD_FILE)));
        }
        return new KafkaAccess(properties);
    }

    private static String login(String user, String passwordFile) {
        try {
            String password = Files.readString(Path.of(passwordFile), StandardCharsets.UTF_8);
            require(
                    password.equals(password.strip()) && !password.contains("\"") && !password.contains("\\"),
                    PASSWORD_FILE + " " + passwordFile
                            + " must hold the password and nothing else: no line break at its end"
                            + " (printf %s \"$PASSWORD\" > FILE), no quotation mark, no backslash");
        } catch (IOException e) {
            throw new IllegalArgumentException(PASSWORD_FILE + " " + passwordFile + " cannot be read here: " + e, e);
        }
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + contentOf(passwordFile) + "\";";
    }

    /** What Kafka's clients replace by the content of the file. */
    private static String contentOf(String file) {
        Path path = Path.of(file).toAbsolutePath();
        require(Files.isReadable(path), path + " cannot be read here; it must be on JobManager and TaskManagers");
        return "${directory:" + path.getParent() + ":" + path.getFileName() + "}";
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    public String bootstrapServers() {
        return clientProperties.getOrDefault(BOOTSTRAP_SERVERS, "");
    }

    /** For producers. */
    public Properties producer() {
        Properties properties = new Properties();
        properties.putAll(clientProperties);
        return properties;
    }

    /** For consumers. What a failed job has written exactly once and not committed is nobody's to read. */
    public Properties consumer() {
        Properties properties = producer();
        properties.setProperty("isolation.level", "read_committed");
        return properties;
    }
}
