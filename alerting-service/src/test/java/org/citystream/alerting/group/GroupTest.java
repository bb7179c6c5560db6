package org.citystream.alerting.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.alerting.Events.EIGHT;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GroupTest {
    private static final Group RING = group("traffic", Map.of("corridor", "ring", "city", "lindholm"));

    private static Group group(String routeId, Map<String, String> labels) {
        return Group.of(routeId, "control-room", new TreeMap<>(labels));
    }

    @Test
    void theIdIsThatOfRouteAndLabels() {
        assertThat(group("traffic", Map.of("city", "lindholm", "corridor", "ring"))
                        .id())
                .isEqualTo(RING.id());
        assertThat(RING.id()).matches("gr-[0-9a-f]{24}");
        assertThat(group("night", RING.labels()).id()).isNotEqualTo(RING.id());
        assertThat(group("traffic", Map.of("corridor", "ring", "city", "oslo")).id())
                .isNotEqualTo(RING.id());
        assertThat(group("traffic", Map.of("corridor", "ring", "town", "lindholm"))
                        .id())
                .isNotEqualTo(RING.id());
    }

    @Test
    void theOrderOfAReceiversLabelsDoesNotMakeAnotherGroup() {
        SortedMap<String, String> backwards = new TreeMap<>(java.util.Comparator.reverseOrder());
        backwards.putAll(RING.labels());
        assertThat(Group.of("traffic", "control-room", backwards).id()).isEqualTo(RING.id());
    }

    @Test
    void speakingCountsItsMessages() {
        Group spoken = RING.withFlushAt(EIGHT).spoken(EIGHT, EIGHT.plusSeconds(60));
        assertThat(spoken.sequence()).isEqualTo(1);
        assertThat(spoken.notifiedAt()).isEqualTo(EIGHT);
        assertThat(spoken.flushAt()).isEqualTo(EIGHT.plusSeconds(60));
        assertThat(spoken.spoken(EIGHT, null).sequence()).isEqualTo(2);
    }

    @Test
    void aReceiverThatHeardOfItOtherwiseHasHeardAtTheLatestNow() {
        assertThat(RING.toldBefore(EIGHT).notifiedAt()).isEqualTo(EIGHT);
        Group earlier = RING.toldBefore(EIGHT).toldBefore(EIGHT.plusSeconds(60));
        assertThat(earlier.notifiedAt()).isEqualTo(EIGHT);
        assertThat(earlier.sequence()).as("of its own it has said nothing").isZero();
    }

    @Test
    void theKeyIsAlertmanagers() {
        assertThat(RING.key()).isEqualTo("traffic:{city=lindholm, corridor=ring}");
    }
}
