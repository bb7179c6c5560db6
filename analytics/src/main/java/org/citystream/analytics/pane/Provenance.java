package org.citystream.analytics.pane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;

/**
 * Adds to the evidence of what is told where it comes from: {@code source}, with the offsets of the readings that the
 * decision rests on and the state it started from, and {@code lateCount}. Neither is part of what an event says: the same
 * readings on another topic have other offsets. So it is added when an event is told, and never kept.
 */
final class Provenance<S, U> implements PaneOutput<U> {
    /** The fold's state before a pane. */
    interface States<S> {
        Folded<S> before(long paneStart);
    }

    private static final int TRIPLE = 3;

    private final PaneFold<S, U> fold;
    private final PaneTiming timing;
    private final KeyMemory<S> memory;
    private final long since;
    private final States<S> states;
    private final PaneOutput<U> out;

    Provenance(
            PaneFold<S, U> fold,
            PaneTiming timing,
            KeyMemory<S> memory,
            long since,
            States<S> states,
            PaneOutput<U> out) {
        this.fold = fold;
        this.timing = timing;
        this.memory = memory;
        this.since = since;
        this.states = states;
        this.out = out;
    }

    @Override
    public void summary(U summary) {
        out.summary(summary);
    }

    @Override
    public void summary(U summary, long[] offsets) {
        out.summary(summary, offsets);
    }

    @Override
    public void refolds() {
        out.refolds();
    }

    @Override
    public void event(CityEvent event) {
        Span span = span(event);
        SortedMap<Long, Pane> panes = memory.panes(span.from, span.to);
        if (panes.values().stream().allMatch(pane -> pane.offsets.length == 0)) {
            if (panes.values().stream().anyMatch(pane -> !pane.isEmpty())) {
                // Readings of a recording, which come from no topic.
                out.event(event);
                return;
            }
            SortedMap<Long, Pane> earlier = memory.panes(Long.MIN_VALUE, span.from);
            long newest = newestFromTopic(earlier);
            if (newest == Long.MIN_VALUE) {
                out.event(event);
                return;
            }
            span = new Span(newest, span.to);
            panes = memory.panes(span.from, span.to);
        }
        out.event(EpisodeEvents.sourced(event, source(event, span, panes), lateCount(panes)));
    }

    /** Panes that a decision rests on: {@code from <= start < to}. */
    private record Span(long from, long to) {}

    /** The run of panes that an episode's change rests on; of what silence or a rule brought about, the panes around it. */
    private Span span(CityEvent event) {
        long at = event.at().toEpochMilli();
        JsonNode window = event.evidence().path("window");
        if (window.path("end").asText().equals(event.at().toString())) {
            return new Span(
                    timing.paneStart(
                            Instant.parse(window.path("start").asText()).toEpochMilli()),
                    at);
        }
        long pane = timing.pane().toMillis();
        return new Span(timing.paneStart(at) - pane, timing.paneStart(at) + pane);
    }

    private static long newestFromTopic(SortedMap<Long, Pane> panes) {
        long newest = Long.MIN_VALUE;
        for (var entry : panes.entrySet()) {
            if (entry.getValue().offsets.length > 0) {
                newest = entry.getKey();
            }
        }
        return newest;
    }

    private ObjectNode source(CityEvent event, Span span, SortedMap<Long, Pane> panes) {
        Folded<S> start = states.before(span.from);
        SortedMap<Long, Pane> read = new TreeMap<>(panes);
        if (start.upTo() > span.from) {
            read.headMap(start.upTo()).clear();
        }
        ObjectNode source = JsonCodec.internal().createObjectNode();
        source.put("topic", fold.readingsTopic());
        ArrayNode partitions = source.putArray("partitions");
        long[] offsets = OffsetRanges.NONE;
        for (Pane pane : read.values()) {
            offsets = OffsetRanges.with(offsets, pane.offsets);
        }
        for (int i = 0; i < offsets.length; i += TRIPLE) {
            partitions
                    .addObject()
                    .put("partition", offsets[i])
                    .put("from", offsets[i + 1])
                    .put("to", offsets[i + 2]);
        }
        if (fold.takesParts()) {
            parts(read, source.putObject("summaries"));
        }
        ObjectNode begin = source.putObject("start");
        if (start.upTo() != Long.MIN_VALUE) {
            begin.put("at", Instant.ofEpochMilli(start.upTo()).toString());
        }
        if (start.expectedTo() != Long.MIN_VALUE) {
            begin.put("expectedTo", Instant.ofEpochMilli(start.expectedTo()).toString());
        }
        fold.learned(start.state()).forEach(begin::put);
        begin.put("state", SourceState.encoded(fold.codec(), fold.decisive(start.state(), event)));
        if (event.transition() == Transition.STALE && since != Long.MIN_VALUE) {
            source.put("since", Instant.ofEpochMilli(since).toString());
        }
        source.put("reproduce", "./city reproduce " + event.eventId());
        return source;
    }

    /** Which revision of which member's summary each pane held, the first pane first; 0: none. */
    private static void parts(SortedMap<Long, Pane> panes, ObjectNode summaries) {
        TreeMap<String, StringBuilder> revisions = new TreeMap<>();
        int pane = 0;
        for (Pane each : panes.values()) {
            for (Cell cell : each.cells()) {
                StringBuilder known = revisions.computeIfAbsent(cell.sensorId, id -> new StringBuilder());
                known.append(",0"
                        .repeat(pane - (int) known.chars().filter(c -> c == ',').count()));
                known.append(',').append(cell.support);
            }
            pane++;
        }
        ArrayNode starts = summaries.putArray("windowStarts");
        panes.keySet().forEach(start -> starts.add(Instant.ofEpochMilli(start).toString()));
        ObjectNode bySubject = summaries.putObject("revisions");
        revisions.forEach((id, known) -> bySubject.put(id, known.substring(1)));
    }

    private static int lateCount(SortedMap<Long, Pane> panes) {
        return panes.values().stream().mapToInt(pane -> pane.late).sum();
    }
}
