package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.citystream.embedded.KafkaServer;
import org.citystream.testsupport.CertificateAuthority;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What {@code sslscan}, which nobody here wrote, finds at brokers that are configured as docs/security.md says, and at a Kafka
 * with TLS as it comes.
 */
class TlsScanTest {
    private static final Path SCANNER = Path.of("/usr/bin/sslscan");

    @TempDir
    Path directory;

    @BeforeEach
    void scannerThere() {
        Assumptions.assumeTrue(
                Files.isExecutable(SCANNER), "sslscan is not installed (Debian: apt-get install sslscan)");
    }

    @Test
    void mosquittoSpeaksNothingOldOrWeak() throws Exception {
        try (SecuredBroker broker = SecuredBroker.mosquitto(directory, new CertificateAuthority(directory, "city"))) {
            assertNothingOldOrWeak(scan(broker.port()));
        }
    }

    @Test
    void hiveMqSpeaksNothingOldOrWeak() throws Exception {
        try (SecuredBroker broker = SecuredBroker.hiveMq(directory, new CertificateAuthority(directory, "city"))) {
            assertNothingOldOrWeak(scan(broker.port()));
        }
    }

    @Test
    void kafkaSpeaksNothingOldOrWeak() throws Exception {
        CertificateAuthority authority = new CertificateAuthority(directory, "city");
        Path pem = authority.bundle(authority.issue("kafka"));
        try (KafkaServer kafka = KafkaServer.startWithAcls(
                directory.resolve("kafka"), 0, pem, Map.of("administrator", "secret"), "administrator")) {
            assertNothingOldOrWeak(scan(kafka.port()));
        }
    }

    private static Document scan(int port) throws Exception {
        Process process = new ProcessBuilder(SCANNER.toString(), "--no-colour", "--xml=-", "127.0.0.1:" + port)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] report = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as("exit code of sslscan").isZero();
        return parsed(report);
    }

    private static Document parsed(byte[] report) throws Exception {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(report));
        } catch (IOException e) {
            throw new AssertionError("sslscan said no XML", e);
        }
    }

    private static void assertNothingOldOrWeak(Document report) {
        assertThat(elements(report, "protocol"))
                .filteredOn(protocol -> protocol.getAttribute("enabled").equals("1"))
                .isNotEmpty()
                .extracting(protocol -> protocol.getAttribute("type") + " " + protocol.getAttribute("version"))
                .isSubsetOf("tls 1.2", "tls 1.3");
        assertThat(elements(report, "cipher"))
                .isNotEmpty()
                .allSatisfy(cipher -> assertThat(cipher.getAttribute("strength"))
                        .as(cipher.getAttribute("cipher"))
                        .isIn("strong", "acceptable"));
        assertThat(elements(report, "heartbleed"))
                .extracting(heartbleed -> heartbleed.getAttribute("vulnerable"))
                .doesNotContain("1");
    }

    private static List<Element> elements(Document report, String name) {
        NodeList found = report.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
