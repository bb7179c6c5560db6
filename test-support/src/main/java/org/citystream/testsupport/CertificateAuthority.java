package org.citystream.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of one test. Its keys are made when the test runs, and die with its directory. */
public final class CertificateAuthority {
    private static final AtomicLong SERIALS = new AtomicLong(1);
    private static final Duration VALID = Duration.ofDays(1);
    private static final GeneralName[] HERE = {
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.dNSName, "localhost")
    };

    /**
     * Somebody with a certificate.
     *
     * @param certificate PEM
     * @param key PEM, PKCS #8, unencrypted
     */
    public record Identity(String commonName, Path certificate, Path key) {}

    private final Path directory;
    private final X500Name name;
    private final KeyPair keys;

    /** Makes one; its files go to the directory. */
    public CertificateAuthority(Path directory, String commonName) {
        this.directory = directory;
        this.name = new X500Name("CN=" + commonName);
        this.keys = keyPair();
        write(
                commonName + ".pem",
                certificate(name, keys.getPublic(), true, Instant.now().plus(VALID), HERE));
    }

    /** Its own certificate, PEM. */
    public Path certificate() {
        return directory.resolve(name.toString().substring("CN=".length()) + ".pem");
    }

    /** A certificate for whoever has that common name; as a server, at 127.0.0.1 and localhost. */
    public Identity issue(String commonName) {
        return issue(commonName, Instant.now().plus(VALID), HERE);
    }

    /** One of a server that is at this host, and at no other. */
    public Identity issueAt(String commonName, String host) {
        return issue(commonName, Instant.now().plus(VALID), new GeneralName(GeneralName.dNSName, host));
    }

    /** One that ran out an hour ago. */
    public Identity issueExpired(String commonName) {
        return issue(commonName, Instant.now().minus(Duration.ofHours(1)), HERE);
    }

    private Identity issue(String commonName, Instant until, GeneralName... hosts) {
        KeyPair own = keyPair();
        String file = SERIALS.get() + "-" + commonName;
        Path certificate = write(
                file + ".pem", certificate(new X500Name("CN=" + commonName), own.getPublic(), false, until, hosts));
        return new Identity(
                commonName,
                certificate,
                write(file + ".key", pem("PRIVATE KEY", own.getPrivate().getEncoded())));
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String certificate(
            X500Name subject, PublicKey key, boolean authority, Instant until, GeneralName... hosts) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(until.minus(VALID.multipliedBy(2))),
                    Date.from(until),
                    subject,
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
            return pem(
                    "CERTIFICATE",
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())))
                            .getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    private Path write(String file, String content) {
        try {
            return Files.writeString(directory.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
