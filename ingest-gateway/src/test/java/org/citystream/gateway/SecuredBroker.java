package org.citystream.gateway;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.Mosquitto;

/** Brokers configured as docs/security.md says, but for paths, ports and the stores' password. */
interface SecuredBroker extends AutoCloseable {
    int port();

    @Override
    void close();

    default String url() {
        return "ssl://127.0.0.1:" + port();
    }

    /** Skips the test where there is none. */
    static SecuredBroker mosquitto(Path directory, CertificateAuthority authority) throws IOException {
        return mosquitto(directory, authority, authority.issue("broker"));
    }

    /**
     * One that shows this certificate, which need not be its own host's.
     *
     * @param more lines about its listener, behind those of the page
     */
    static SecuredBroker mosquitto(
            Path directory, CertificateAuthority authority, CertificateAuthority.Identity broker, String... more)
            throws IOException {
        int port = Mosquitto.freePort();
        Path acl = Files.writeString(directory.resolve("acl"), Documentation.block("security.md", "acl"));
        String configuration = Documentation.block("security.md", "mosquitto.conf")
                .replace("listener 8883", "listener " + port + " 127.0.0.1")
                .replace("/etc/citystream/ca.pem", authority.certificate().toString())
                .replace("/etc/citystream/broker.pem", broker.certificate().toString())
                .replace("/etc/citystream/broker.key", broker.key().toString())
                .replace("/etc/citystream/acl", acl.toString())
                .replace("/var/lib/mosquitto/", directory + "/")
                .concat(String.join("\n", more) + "\n");
        Mosquitto mosquitto = Mosquitto.startAsConfigured(directory, port, configuration);
        return new SecuredBroker() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() {
                mosquitto.kill();
            }
        };
    }

    /** HiveMQ CE with {@link CertificateAcl}. */
    static SecuredBroker hiveMq(Path directory, CertificateAuthority authority) throws Exception {
        int port = Mosquitto.freePort();
        Path keys = directory.resolve("broker.p12");
        Path trusted = directory.resolve("ca.p12");
        keyStore(keys, authority.issue("broker"));
        trustStore(trusted, authority.certificate());
        Path configuration = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(
                configuration.resolve("config.xml"),
                Documentation.block("security.md", "hivemq-config.xml")
                        .replace("<port>8883</port>", "<port>" + port + "</port>")
                        .replace("0.0.0.0", "127.0.0.1")
                        .replace("/etc/citystream/broker.p12", keys.toString())
                        .replace("/etc/citystream/ca.p12", trusted.toString()));
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(Files.createDirectories(directory.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("certificate-acl")
                        .withName("Certificate ACL")
                        .withVersion("1")
                        .withAuthor("CityStream")
                        .withExtensionMain(new CertificateAcl())
                        .build())
                .withoutLoggingBootstrap()
                .build();
        broker.start().get();
        return new SecuredBroker() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() {
                try {
                    broker.stop().get();
                } catch (ExecutionException e) {
                    throw new AssertionError(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static void keyStore(Path file, CertificateAuthority.Identity identity)
            throws IOException, GeneralSecurityException {
        String key = Files.readString(identity.key()).replaceAll("-----[A-Z ]+-----", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "broker",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))),
                "changeit".toCharArray(),
                new Certificate[] {certificate(identity.certificate())});
        save(store, file);
    }

    private static void trustStore(Path file, Path authority) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", certificate(authority));
        save(store, file);
    }

    private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(file));
    }

    private static void save(KeyStore store, Path file) throws GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
