package org.citystream.alerting.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The {@code webhook-signature} header: HMAC-SHA256 over {@code id.timestamp.body}, scheme v1. */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /**
     * One signature per secret, separated by spaces.
     *
     * @param secrets more than one while a secret rotates
     * @param timestamp of the attempt
     */
    static String sign(List<String> secrets, String webhookId, Instant timestamp, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + sign(WebhookSecret.key(secret), webhookId, timestamp, body))
                .collect(Collectors.joining(" "));
    }

    private static String sign(byte[] key, String webhookId, Instant timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((webhookId + "." + timestamp.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
