package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Judged by the reference library, which accepts only recent timestamps. */
class WebhookSignatureTest {
    private static final String BODY = "{\"type\":\"alert.opened\",\"title\":\"Stau auf der Ringstraße – 12 µg/m³\"}";
    private static final String ID = WebhookId.of("wh_1", "al-7", 1);

    private final String secret = WebhookSecret.generate(new SecureRandom());
    private final Instant now = Clock.systemUTC().instant();

    @Test
    void theReferenceLibraryAcceptsIt() {
        assertThatCode(() -> verify(secret, BODY, ID, sign(List.of(secret)))).doesNotThrowAnyException();
    }

    @Test
    void bothSecretsWorkWhileOneRotates() {
        String next = WebhookSecret.generate(new SecureRandom());
        String signature = sign(List.of(next, secret));

        assertThat(signature.split(" ")).hasSize(2).allMatch(part -> part.startsWith("v1,"));
        assertThatCode(() -> verify(secret, BODY, ID, signature)).doesNotThrowAnyException();
        assertThatCode(() -> verify(next, BODY, ID, signature)).doesNotThrowAnyException();
    }

    @Test
    void anythingTamperedWithIsRefused() {
        String signature = sign(List.of(secret));

        assertThatThrownBy(() -> verify(secret, BODY + " ", ID, signature))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(secret, BODY, ID + "0", signature))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(WebhookSecret.generate(new SecureRandom()), BODY, ID, signature))
                .isInstanceOf(WebhookVerificationException.class);
    }

    /** The example that libraries of Standard Webhooks share. */
    @Test
    void aFixedExampleStaysTheSame() {
        String signature = WebhookSignature.sign(
                List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void secretsAreWrittenAsTheStandardSays() {
        assertThat(secret).startsWith("whsec_");
        assertThat(WebhookSecret.key(secret)).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64 at all!"})
    void whatIsNoSecretIsRefused(String text) {
        assertThatThrownBy(() -> WebhookSecret.key(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdDependsOnEndpointAlertAndSequenceOnly() {
        assertThat(WebhookId.of("wh_1", "al-7", 1))
                .isEqualTo(ID)
                .isNotEqualTo(WebhookId.of("wh_2", "al-7", 1))
                .isNotEqualTo(WebhookId.of("wh_1", "al-8", 1))
                .isNotEqualTo(WebhookId.of("wh_1", "al-7", 2));
    }

    private String sign(List<String> secrets) {
        return WebhookSignature.sign(secrets, ID, now, BODY.getBytes(StandardCharsets.UTF_8));
    }

    private void verify(String key, String body, String id, String signature) throws Exception {
        new Webhook(key)
                .verify(
                        body,
                        Map.of(
                                "webhook-id", List.of(id),
                                "webhook-timestamp", List.of(Long.toString(now.getEpochSecond())),
                                "webhook-signature", List.of(signature)));
    }
}
