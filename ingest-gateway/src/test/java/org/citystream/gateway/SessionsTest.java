package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final List<String> lost = new ArrayList<>();
    private final Sessions sessions = new Sessions(lost::add);

    @Test
    void firstSessionIsNotLostAndIsRememberedOnce() {
        sessions.recall(Set.of());
        sessions.connected("gateway-0", false);
        assertThat(lost).isEmpty();
        assertThat(sessions.takeNew()).containsExactly("gateway-0");
        sessions.connected("gateway-0", true);
        assertThat(lost).isEmpty();
        assertThat(sessions.takeNew()).isEmpty();
    }

    @Test
    void newSessionOfWhomThereWasOneIsLost() {
        sessions.recall(Set.of());
        sessions.connected("gateway-0", false);
        sessions.connected("gateway-0", false);
        assertThat(lost).containsExactly("gateway-0");
    }

    @Test
    void newSessionOfWhomAnEarlierProcessHadOneIsLost() {
        sessions.recall(Set.of("gateway-0"));
        sessions.connected("gateway-0", false);
        sessions.connected("gateway-1", false);
        assertThat(lost).containsExactly("gateway-0");
        assertThat(sessions.takeNew()).containsExactly("gateway-1");
    }

    @Test
    void connectionsThatCameBeforeItWasKnownAreJudgedThen() {
        sessions.connected("gateway-0", false);
        sessions.connected("gateway-1", false);
        sessions.connected("gateway-2", true);
        assertThat(lost).isEmpty();
        sessions.recall(Set.of("gateway-0", "gateway-2"));
        assertThat(lost).containsExactly("gateway-0");
        assertThat(sessions.takeNew()).containsExactly("gateway-1");
        sessions.recall(Set.of("gateway-0"));
        assertThat(lost).as("once").containsExactly("gateway-0");
    }
}
