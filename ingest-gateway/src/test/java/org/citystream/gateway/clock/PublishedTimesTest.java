package org.citystream.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.citystream.model.reading.ClockState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedTimesTest {
    private static final String ANNOUNCEMENT = "{\"now\":\"2014-02-13T11:30:00Z\",\"speed\":60,\"source\":\"replay\"}";

    private final PublishedTimes times = new PublishedTimes(new ClockKey("s3cret"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void publisherIsBelieved() {
        assertThat(times.announcement(bytes(ANNOUNCEMENT), "s3cret"))
                .contains(new ClockState(Instant.parse("2014-02-13T11:30:00Z"), 60, null, "replay"));
        assertThat(times.claimed("2014-02-13T11:30:00Z", "s3cret")).contains(Instant.parse("2014-02-13T11:30:00Z"));
    }

    @Test
    void othersAreNot() {
        assertThat(times.announcement(bytes(ANNOUNCEMENT), "guess")).isEmpty();
        assertThat(times.announcement(bytes(ANNOUNCEMENT), null)).isEmpty();
        assertThat(times.claimed("2014-02-13T11:30:00Z", "s3cret ")).isEmpty();
        assertThat(times.claimed(null, "s3cret")).isEmpty();
    }

    @Test
    void withoutAKeyNobodyIs() {
        assertThat(new PublishedTimes(new ClockKey("")).announcement(bytes(ANNOUNCEMENT), ""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"speed\":1}", "{\"now\":\"soon\"}", "[", "7"})
    void nonsenseIsNot(String payload) {
        assertThat(times.announcement(bytes(payload), "s3cret")).isEmpty();
        assertThat(times.claimed(payload, "s3cret")).isEmpty();
    }
}
