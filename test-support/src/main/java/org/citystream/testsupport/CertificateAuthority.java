package org.citystream.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
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

    /** Somebody who vouches for himself; his files go to the directory. */
    public static Identity selfSigned(Path directory, String commonName) {
        CertificateAuthority himself = new CertificateAuthority(directory, commonName);
        return new Identity(commonName, himself.certificate(), himself.write(commonName + ".key", key(himself.keys)));
    }

    /** A server's key and certificate with this authority's in one file, as Kafka takes them. */
    public Path bundle(Identity server) throws IOException {
        return write(
                server.commonName() + "-bundle.pem",
                Files.readString(server.key())
                        + Files.readString(server.certificate())
                        + Files.readString(certificate()));
    }

    /** The list of those that are not to be let in any more, PEM; good for a day. */
    public Path revoke(Identity... revoked) {
        try {
            X509v2CRLBuilder list = new X509v2CRLBuilder(name, new Date());
            list.setNextUpdate(Date.from(Instant.now().plus(VALID)));
            for (Identity each : revoked) {
                list.addCRLEntry(serial(each.certificate()), new Date(), CRLReason.keyCompromise);
            }
            return write("revoked.pem", pem("X509 CRL", list.build(signer()).getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger serial(Path certificate) throws GeneralSecurityException, IOException {
        try (InputStream file = Files.newInputStream(certificate)) {
            X509Certificate read =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
            return read.getSerialNumber();
        }
    }

    private Identity issue(String commonName, Instant until, GeneralName... hosts) {
        KeyPair own = keyPair();
        String file = SERIALS.get() + "-" + commonName;
        Path certificate = write(
                file + ".pem", certificate(new X500Name("CN=" + commonName), own.getPublic(), false, until, hosts));
        return new Identity(commonName, certificate, write(file + ".key", key(own)));
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
                            .getCertificate(builder.build(signer()))
                            .getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static String key(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
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
