package org.citystream.alerting.notify.webhook;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Why nothing came of a request, for whoever reads the delivery log and never wrote a line of Java. */
final class FailureReason {
    private FailureReason() {}

    /** @param host that the request was for */
    static String of(IOException e, String host) {
        if (e instanceof InterruptedIOException) {
            return "no answer within the time limit";
        }
        return e instanceof SSLException refused ? "TLS: " + ofTls(refused, host) : message(e);
    }

    private static String ofTls(SSLException e, String host) {
        if (e instanceof SSLPeerUnverifiedException) {
            return "the certificate is not one for " + host;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String reason = ofCertificate(cause);
            if (reason != null) {
                return reason;
            }
        }
        return message(e);
    }

    private static @Nullable String ofCertificate(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return "the certificate has run out (" + cause.getMessage() + ")";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "the certificate is not valid yet (" + cause.getMessage() + ")";
        }
        return cause instanceof CertPathBuilderException || isSignedByAnother(cause)
                ? "the certificate is of no authority that is trusted here"
                : null;
    }

    /** By one that only has the name of an authority we trust. */
    private static boolean isSignedByAnother(Throwable cause) {
        return cause instanceof CertPathValidatorException invalid
                && invalid.getReason() == BasicReason.INVALID_SIGNATURE;
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
