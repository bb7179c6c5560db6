package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A life that begins in its middle is otherwise that of its fold. */
class ResumedFoldTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final CityEvent OPEN = AnEpisode.open();
    private static final Beginning<Long> MIDDLE = new Beginning<>(new Folded<>(41L, 42, 43), true);
    private static final Beginning<Long> ANOTHERS = new Beginning<>(new Folded<>(1L, 2, 3), false);
    private static final Observation PART =
            new Observation("corridor", "ring-1", 0, 60, 60, Identity.NO_BOOT, 1, 1, new long[] {7});

    private final Answering answering = new Answering();
    private final ResumedFold<Long, String> resumed = new ResumedFold<>(answering, "ring-1", MIDDLE);

    @Test
    void onlyWhoIsResumedBeginsInTheMiddle() {
        assertThat(resumed.beginning("ring-1")).isSameAs(MIDDLE);
        assertThat(resumed.beginning("ring-2")).isSameAs(ANOTHERS);
    }

    @Test
    void everythingElseIsTheFoldsOwnAnswer() {
        assertThat(resumed.initial()).isEqualTo(5);
        assertThat(resumed.readingsTopic()).isEqualTo("city.readings");
        assertThat(resumed.takesParts()).isTrue();
        answering.takesParts = false;
        assertThat(resumed.takesParts()).isFalse();
        assertThat(resumed.decisive(8L, OPEN)).isEqualTo(9);
        assertThat(resumed.learned(8L)).containsExactly(Map.entry("freeFlowKmh", 8.0));
        assertThat(resumed.next("ring-1", 8L, EIGHT, new Pane()).summary()).isEqualTo("ring-1 8");
        assertThat(resumed.silence("ring-1", 8L, EIGHT, EIGHT).summary()).isEqualTo("silent ring-1 8");
        assertThat(resumed.expectedAfter("ring-1", EIGHT)).isEqualTo(11);
        assertThat(resumed.openEpisodes(8L)).containsExactly(OPEN);
        assertThat(resumed.revised("told", 3, true)).isEqualTo("told 3 true");
        assertThat(resumed.contentHash("told")).isEqualTo(12);
        assertThat(resumed.part("told")).isSameAs(PART);
        assertThat(resumed.retiredSince("ring-1")).isEqualTo(13);
        assertThat(resumed.retiredAt("ring-1", 20, 30)).isEqualTo(14);
        assertThat(resumed.silentAfterMillis("ring-1", EIGHT)).isEqualTo(15);
        assertThat(resumed.controlFingerprint("ring-1", EIGHT)).isEqualTo(16);
        assertThat(resumed.codec()).isSameAs(answering.codec());
        resumed.forget("ring-1");
        assertThat(answering.forgotten).isEqualTo("ring-1");
    }

    /** Answers each question differently. */
    private static final class Answering implements PaneFold<Long, String> {
        private final Codec<Long> codec = new Doubling().codec();
        private boolean takesParts = true;
        private String forgotten = "";

        @Override
        public Long initial() {
            return 5L;
        }

        @Override
        public Beginning<Long> beginning(String subjectId) {
            return ANOTHERS;
        }

        @Override
        public String readingsTopic() {
            return "city.readings";
        }

        @Override
        public boolean takesParts() {
            return takesParts;
        }

        @Override
        public Long decisive(Long state, CityEvent event) {
            return state + 1;
        }

        @Override
        public Map<String, Double> learned(Long state) {
            return Map.of("freeFlowKmh", (double) state);
        }

        @Override
        public Step<Long, String> next(String subjectId, Long state, Instant paneStart, Pane pane) {
            return new Step<>(state, subjectId + " " + state, List.of());
        }

        @Override
        public Step<Long, String> silence(String subjectId, Long state, Instant from, Instant to) {
            return new Step<>(state, "silent " + subjectId + " " + state, List.of());
        }

        @Override
        public int expectedAfter(String subjectId, Instant paneStart) {
            return 11;
        }

        @Override
        public List<CityEvent> openEpisodes(Long state) {
            return List.of(OPEN);
        }

        @Override
        public String revised(String summary, int revision, boolean isFinal) {
            return summary + " " + revision + " " + isFinal;
        }

        @Override
        public long contentHash(String summary) {
            return 12;
        }

        @Override
        public @Nullable Observation part(String summary) {
            return PART;
        }

        @Override
        public long retiredSince(String subjectId) {
            return 13;
        }

        @Override
        public long retiredAt(String subjectId, long from, long to) {
            return 14;
        }

        @Override
        public void forget(String subjectId) {
            forgotten = subjectId;
        }

        @Override
        public long silentAfterMillis(String subjectId, Instant at) {
            return 15;
        }

        @Override
        public long controlFingerprint(String subjectId, Instant upTo) {
            return 16;
        }

        @Override
        public Codec<Long> codec() {
            return codec;
        }
    }
}
