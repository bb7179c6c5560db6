package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an event says of where it comes from. */
class ProvenanceTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final PaneTiming TIMING =
            PaneTiming.standard(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(10));

    private final Doubling fold = new Doubling();
    private final HeapMemory<Long> memory = new HeapMemory<>();
    private final List<CityEvent> told = new ArrayList<>();
    private final List<String> summaries = new ArrayList<>();
    private Folded<Long> state = Folded.nothing(0L);
    private long since = Long.MIN_VALUE;

    private static Instant minute(int minute) {
        return EIGHT.plusSeconds(60L * minute);
    }

    private static long at(int minute) {
        return minute(minute).toEpochMilli();
    }

    /** One reading of that minute, from a topic or a recording. */
    private void reads(int minute, int late, long... offsets) {
        Pane pane = new Pane();
        Observation reading = new Observation(
                "ring-1", "loop-1", 0, at(minute + 1), 60_000, Identity.NO_BOOT, at(minute + 1), 1, new long[] {1});
        Cell cell = pane.cell(reading);
        cell.count(reading);
        cell.add(reading, 0, 60_000);
        memory.putPane(at(minute), pane.readFrom(offsets, late));
    }

    private Provenance<Long, String> provenance() {
        return new Provenance<>(fold, TIMING, memory, since, paneStart -> state, new PaneOutput<>() {
            @Override
            public void summary(String summary) {
                summaries.add(summary);
            }

            @Override
            public void summary(String summary, long[] offsets) {
                summaries.add(summary + " from " + Arrays.toString(offsets));
            }

            @Override
            public void event(CityEvent sourced) {
                told.add(sourced);
            }
        });
    }

    private JsonNode tell(Transition transition, int at, @Nullable ObjectNode window) {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        if (window != null) {
            evidence.set("window", window);
        }
        CityEvent event = new CityEvent(
                "id-1",
                "episode-1",
                1,
                RuleKind.CONGESTION,
                transition,
                Severity.MODERATE,
                "lindholm",
                new Subject(SubjectType.ROAD_SEGMENT, "ring-1", null),
                minute(0),
                minute(at),
                null,
                null,
                null,
                "dwell-completed",
                new RuleReference("slow", 1, "9f2c", RuleMode.ACTIVE),
                Map.of(),
                "slow",
                null,
                evidence);
        provenance().event(event);
        CityEvent last = told.get(told.size() - 1);
        assertThat(last.eventId()).as("stays").isEqualTo("id-1");
        return last.evidence();
    }

    private static ObjectNode window(int from, int to) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("start", minute(from).toString())
                .put("end", minute(to).toString());
    }

    @Test
    void aDecisionNamesTheReadingsOfItsRunWithTheLateOnes() {
        reads(1, 9, 0, 50, 50);
        reads(2, 1, 0, 100, 110);
        reads(3, 0, 0, 90, 105, 2, 7, 7);
        reads(4, 2, 0, 120, 120);
        reads(5, 9, 0, 200, 200);
        JsonNode evidence = tell(Transition.OPENED, 5, window(2, 5));

        assertThat(evidence.path("source").path("partitions"))
                .hasToString("[{\"partition\":0,\"from\":90,\"to\":120},{\"partition\":2,\"from\":7,\"to\":7}]");
        assertThat(evidence.path("lateCount").asInt()).isEqualTo(3);
        assertThat(evidence.path("source").path("reproduce").asText()).isEqualTo("./city reproduce id-1");
        assertThat(evidence.path("source").path("start").has("at"))
                .as("from the beginning")
                .isFalse();
    }

    @Test
    void itNamesTheStateThatItStartedFrom() throws IOException {
        state = new Folded<>(41L, at(2), at(4));
        reads(2, 0, 0, 100, 110);
        JsonNode start = tell(Transition.OPENED, 3, window(2, 3)).path("source").path("start");

        assertThat(start.path("at").asText()).isEqualTo(minute(2).toString());
        assertThat(start.path("expectedTo").asText()).isEqualTo(minute(4).toString());
        assertThat(SourceState.decoded(fold.codec(), start.path("state").asText()))
                .isEqualTo(41L);
    }

    @Test
    void readingsThatAreInTheStateAlreadyAreNotNamed() {
        state = new Folded<>(41L, at(3), Long.MIN_VALUE);
        reads(2, 0, 0, 100, 110);
        reads(3, 0, 0, 120, 120);
        JsonNode source = tell(Transition.OPENED, 4, window(2, 4)).path("source");

        assertThat(source.path("partitions")).hasToString("[{\"partition\":0,\"from\":120,\"to\":120}]");
        assertThat(source.path("start").has("expectedTo")).isFalse();
    }

    @Test
    void whatARuleBroughtAboutNamesTheMinutesAroundIt() {
        for (int minute = 1; minute <= 5; minute++) {
            reads(minute, 0, 0, 10L * minute, 10L * minute);
        }
        assertThat(tell(Transition.CLOSED, 3, null).path("source").path("partitions"))
                .hasToString("[{\"partition\":0,\"from\":20,\"to\":30}]");
        assertThat(tell(Transition.CLOSED, 3, window(0, 1)).path("source").path("partitions"))
                .as("the window is that of an earlier decision")
                .hasToString("[{\"partition\":0,\"from\":20,\"to\":30}]");
    }

    @Test
    void silenceIsSaidOfTheLastReadingsBeforeItAndSinceWhenIntakeWasWhole() {
        since = at(-60);
        reads(0, 0, 0, 10, 10);
        reads(1, 0, 0, 20, 20);
        JsonNode source = tell(Transition.STALE, 30, null).path("source");

        assertThat(source.path("partitions")).hasToString("[{\"partition\":0,\"from\":20,\"to\":20}]");
        assertThat(source.path("since").asText()).isEqualTo(minute(-60).toString());
        assertThat(tell(Transition.OPENED, 30, null).path("source").has("since"))
                .isFalse();
        since = Long.MIN_VALUE;
        assertThat(tell(Transition.STALE, 30, null).path("source").has("since")).isFalse();
    }

    @Test
    void readingsOfARecordingHaveNoSource() {
        reads(1, 0);
        assertThat(tell(Transition.OPENED, 2, window(1, 2)).has("source")).isFalse();
    }

    @Test
    void whatRestsOnNoReadingAtAllHasNoSource() {
        assertThat(tell(Transition.STALE, 30, null).has("source")).isFalse();
    }

    @Test
    void summariesArePassedOnAsTheyAre() {
        provenance().summary("a minute");
        provenance().summary("another", new long[] {0, 1, 2});

        assertThat(summaries).containsExactly("a minute", "another from [0, 1, 2]");
    }

    @Test
    void aPaneWithoutReadingsIsNoRecording() {
        reads(1, 0, 0, 20, 20);
        reads(2, 3);
        memory.putPane(at(3), new Pane());

        assertThat(tell(Transition.OPENED, 4, window(3, 4)).path("source").path("partitions"))
                .as("the last reading from a topic before it")
                .hasToString("[{\"partition\":0,\"from\":20,\"to\":20}]");
        assertThat(tell(Transition.OPENED, 4, window(2, 4)).has("source"))
                .as("one of the two is of a recording")
                .isFalse();
    }

    @Test
    void whatWasLearnedStandsWithTheStateThatItStartedFrom() {
        reads(2, 0, 0, 100, 110);
        assertThat(tell(Transition.OPENED, 3, window(2, 3)).path("source").has("summaries"))
                .isFalse();
        fold.learned.put("freeSpeedKmh", 87.5);

        assertThat(tell(Transition.OPENED, 3, window(2, 3))
                        .path("source")
                        .path("start")
                        .path("freeSpeedKmh")
                        .asDouble())
                .isEqualTo(87.5);
    }

    /** A group's panes hold a revision of each member's summary. */
    private void holds(int minute, Object... membersAndRevisions) {
        Pane pane = new Pane().readFrom(OffsetRanges.of(0, minute), 0);
        for (int i = 0; i < membersAndRevisions.length; i += 2) {
            Observation part = new Observation(
                    "ring",
                    (String) membersAndRevisions[i],
                    0,
                    at(minute + 1),
                    60_000,
                    Identity.NO_BOOT,
                    (int) membersAndRevisions[i + 1],
                    1,
                    new long[] {1});
            pane.cell(part).revise(part);
        }
        memory.putPane(at(minute), pane);
    }

    @Test
    void aGroupNamesTheRevisionsOfItsMembersPaneByPane() {
        fold.takesParts = true;
        holds(1, "ring-9", 9);
        holds(2, "ring-2", 12);
        holds(3, "ring-1", 3, "ring-2", 1);
        holds(4, "ring-1", 4);
        holds(5, "ring-2", 5, "ring-3", 1);
        JsonNode summaries =
                tell(Transition.OPENED, 6, window(2, 6)).path("source").path("summaries");

        assertThat(summaries.path("windowStarts"))
                .hasToString("[\"2026-11-23T08:02:00Z\",\"2026-11-23T08:03:00Z\",\"2026-11-23T08:04:00Z\","
                        + "\"2026-11-23T08:05:00Z\"]");
        assertThat(summaries.path("revisions"))
                .hasToString("{\"ring-1\":\"0,3,4\",\"ring-2\":\"12,1,0,5\",\"ring-3\":\"0,0,0,1\"}");
    }
}
