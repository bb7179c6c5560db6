package org.citystream.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.citystream.alerting.Events;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as news: what an event says, not how and how often it was said. */
class EventContentTest {
    private final Events ring = Events.on("ring-3");
    private final CityEvent opened = ring.opened();

    private static CityEvent withEvidence(CityEvent e, String evidence) {
        return new CityEvent(
                e.eventId() + evidence,
                e.episodeId(),
                e.revision() + 1,
                e.kind(),
                e.transition(),
                e.severity(),
                e.cityId(),
                e.subject(),
                e.startedAt(),
                e.at(),
                e.endedAt(),
                e.replaces(),
                e.replacedBy(),
                e.reason(),
                e.rule(),
                e.labels(),
                e.summary(),
                e.location(),
                JsonCodec.read(evidence.getBytes(StandardCharsets.UTF_8), JsonNode.class));
    }

    private boolean same(String evidence, String other) {
        return EventContent.same(withEvidence(opened, evidence), withEvidence(opened, other));
    }

    @Test
    void anotherRevisionOrTransitionSaysTheSame() {
        assertThat(EventContent.same(opened, ring.again(Transition.UPDATED))).isTrue();
    }

    @Test
    void staleOrTakenBackIsAnotherThingToSay() {
        assertThat(EventContent.same(opened, ring.stale())).isFalse();
        assertThat(EventContent.same(opened, ring.withdrawn())).isFalse();
        CityEvent closed = ring.closed();
        assertThat(EventContent.same(closed, ring.withdrawn()))
                .as("both are over")
                .isFalse();
    }

    /** The database gives keys back in an order of its own, and numbers in a form of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":[2,{\"c\":3,\"d\":4}]} | {\"b\":[2,{\"d\":4,\"c\":3}],\"a\":1}",
                "{\"a\":100} | {\"a\":1e2}",
                "{\"a\":1.50} | {\"a\":1.5}",
                "{\"a\":[1,2.0]} | {\"a\":[1.0,2]}",
                "{\"a\":1,\"lateCount\":1} | {\"a\":1,\"lateCount\":2}",
                "{\"a\":1,\"source\":{\"topic\":\"x\"}} | {\"a\":1}",
            })
    void theSameInAnotherFormIsNoNews(String evidence, String other) {
        assertThat(same(evidence, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1} | {\"a\":2}",
                "{\"a\":1} | {\"b\":1}",
                "{\"a\":1} | {\"a\":\"one\"}",
                "{\"a\":true} | {\"a\":false}",
                "{\"a\":[1,2]} | {\"a\":[2,1]}",
                "{\"a\":[1]} | {\"a\":[1,2]}",
                "{\"a\":{\"b\":1}} | {\"a\":{\"b\":2}}",
                "{\"a\":\"x\"} | {\"a\":\"y\"}",
            })
    void anotherValueIsNews(String evidence, String other) {
        assertThat(same(evidence, other)).isFalse();
    }
}
