package org.citystream.alerting.notify.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets as Standard Webhooks 1.0 writes them: {@code whsec_} and the base64 of 24 to 64 bytes. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private WebhookSecret() {}

    public static String generate(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The key of a secret.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static byte[] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException("must start with " + PREFIX);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + PREFIX + " and base64", e);
        }
        if (key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "must hold " + FEWEST_BYTES + " to " + MOST_BYTES + " bytes but holds " + key.length);
        }
        return key;
    }
}
