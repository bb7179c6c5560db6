package org.citystream.stack.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verification as Standard Webhooks 1.0 defines it: {@code v1,} and the base64 HMAC-SHA256 of {@code id.timestamp.body}
 * under the secret's bytes; several, space-separated, while a secret rotates; a stamp at most five minutes off.
 */
public final class Signature {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final String id;
    private final String timestamp;
    private final String signatures;

    Signature(String id, String timestamp, String signatures) {
        this.id = id;
        this.timestamp = timestamp;
        this.signatures = signatures;
    }

    /** Whether messages can be signed with it: base64, behind {@code whsec_} or by itself. */
    public static boolean isSecret(String text) {
        try {
            return key(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Empty when one of the signatures is right, else what is wrong. */
    Optional<String> problem(byte[] body, Iterable<String> secrets, Instant now) {
        if (id.isEmpty() || signatures.isEmpty() || !timestamp.matches("\\d{1,12}")) {
            return Optional.of("webhook-id, webhook-timestamp or webhook-signature is missing or malformed");
        }
        Instant stamped = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(stamped, now).abs().compareTo(TOLERANCE) > 0) {
            return Optional.of("webhook-timestamp " + stamped + " is more than five minutes off");
        }
        for (String secret : secrets) {
            if (matches(secret, body)) {
                return Optional.empty();
            }
        }
        return Optional.of("no signature is right under a secret known here");
    }

    private boolean matches(String secret, byte[] body) {
        byte[] expected = expected(secret, body);
        for (String signature : signatures.split(" ")) {
            if (signature.startsWith(VERSION)
                    && MessageDigest.isEqual(
                            expected, signature.substring(VERSION.length()).getBytes(StandardCharsets.US_ASCII))) {
                return true;
            }
        }
        return false;
    }

    private byte[] expected(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder()
                .decode(secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret);
    }
}
