package org.citystream.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void versionedLogsAreCompactedAndTheRestExpires() {
        assertThat(Topics.SENSORS.configuration()).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(Topics.RULES.configuration()).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(Topics.CLOCK.configuration())
                .isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", "86400000"));
    }

    @Test
    void namesAreUniqueAndVersioned() {
        assertThat(Topics.ALL)
                .extracting(Topic::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("city\\.[a-z.-]+\\.v1"));
    }
}
