package org.citystream.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void theOneBeforeSignsAlongUntilTheOverlapIsOver() {
        Secrets secrets = Secrets.of("one").rotatedTo("two", NOW, DAY);

        assertThat(secrets.at(NOW)).containsExactly("two", "one");
        assertThat(secrets.at(NOW.plus(DAY).minusMillis(1))).containsExactly("two", "one");
        assertThat(secrets.at(NOW.plus(DAY))).containsExactly("two");
    }

    @Test
    void whoRotatesTwiceKeepsBothPromises() {
        Instant later = NOW.plus(Duration.ofHours(6));
        Secrets secrets = Secrets.of("one").rotatedTo("two", NOW, DAY).rotatedTo("three", later, DAY);

        assertThat(secrets.at(later)).containsExactly("three", "two", "one");
        assertThat(secrets.at(NOW.plus(DAY))).containsExactly("three", "two");
        assertThat(secrets.at(later.plus(DAY))).containsExactly("three");
        assertThat(secrets.previousUntil()).isEqualTo(later.plus(DAY));
    }

    @Test
    void withoutAnOverlapNoneBeforeSignsAnyMore() {
        Secrets secrets = Secrets.of("one").rotatedTo("two", NOW, DAY).rotatedTo("three", NOW, Duration.ZERO);

        assertThat(secrets.at(NOW)).containsExactly("three");
        assertThat(secrets.previousUntil()).isNull();
    }

    @Test
    void whatIsOverIsNotCarriedOn() {
        Secrets secrets = Secrets.of("one").rotatedTo("two", NOW, DAY).rotatedTo("three", NOW.plus(DAY), DAY);

        assertThat(secrets.previous()).extracting(Secrets.Previous::secret).containsExactly("two");
    }

    @Test
    void noneEndsUpInALog() {
        assertThat(Secrets.of("whsec_one").rotatedTo("whsec_two", NOW, DAY))
                .asString()
                .doesNotContain("whsec");
        assertThat(new Secrets.Previous("whsec_one", NOW)).asString().doesNotContain("whsec");
    }
}
