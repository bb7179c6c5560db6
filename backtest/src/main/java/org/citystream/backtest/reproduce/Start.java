package org.citystream.backtest.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.citystream.analytics.pane.Beginning;
import org.citystream.analytics.pane.Folded;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.pane.ResumedFold;
import org.citystream.analytics.pane.SourceState;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.jobs.time.FoldFactory;
import org.citystream.model.event.CityEvent;

/**
 * The state that a decision started from, as its evidence carries it.
 *
 * @param at end of the last pane it has taken in, epoch ms
 * @param expectedTo start of the last pane in which readings were expected then, epoch ms
 * @param stale whether the subject's open episodes had been told as stale
 */
record Start(String subjectId, long at, long expectedTo, boolean stale, String state) implements Serializable {
    static final String RESUMED = "data-resumed";

    static Start of(CityEvent event) {
        JsonNode start = event.evidence().path("source").path("start");
        if (!start.has("state")) {
            throw new BacktestFailure(
                    "event " + event.eventId() + " does not say what it rests on",
                    "only events of road segments, corridors, stations and districts decided from Kafka carry evidence.source;"
                            + " sensor health, and episodes stale for longer than readings are kept in state, do not");
        }
        return new Start(
                event.subject().id(),
                moment(start, "at"),
                moment(start, "expectedTo"),
                event.reason().equals(RESUMED),
                start.path("state").asText());
    }

    private static long moment(JsonNode start, String field) {
        return start.has(field) ? Instant.parse(start.path(field).asText()).toEpochMilli() : Long.MIN_VALUE;
    }

    /** The same decisions, but for this subject from here on. */
    <S, U> FoldFactory<S, U> resuming(FoldFactory<S, U> folds) {
        return (sensors, rules) -> {
            PaneFold<S, U> fold = folds.create(sensors, rules);
            return new ResumedFold<>(fold, subjectId, beginning(fold));
        };
    }

    private <S, U> Beginning<S> beginning(PaneFold<S, U> fold) {
        try {
            return new Beginning<>(new Folded<>(SourceState.decoded(fold.codec(), state), at, expectedTo), stale);
        } catch (IOException e) {
            throw new UncheckedIOException("the state in the event is of another release: " + e.getMessage(), e);
        }
    }
}
