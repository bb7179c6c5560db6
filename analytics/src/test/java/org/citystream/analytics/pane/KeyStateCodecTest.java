package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.citystream.model.event.CityEvent;
import org.junit.jupiter.api.Test;

/** Everything that is kept of a subject comes back from a snapshot. */
class KeyStateCodecTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Codec<Long> COUNTS = new Doubling().codec();
    private static final KeyStateCodec<Long> CODEC = new KeyStateCodec<>(COUNTS);
    private static final CityEvent SLOW = AnEpisode.open();
    private static final CityEvent OVER = EpisodeEvents.ended(SLOW, EIGHT.plusSeconds(900), EpisodeEvents.RULE_OFF);

    /** No two numbers are the same, so that none can stand in another's place. */
    private static KeyState<Long> filled() {
        KeyState<Long> state = new KeyState<>(new Folded<>(41L, 42, 43));
        state.marks.add(-7L);
        state.marks.add(8L);
        state.keptFrom = 1;
        state.dirtyFrom = 2;
        state.newestPane = 3;
        state.newestObservedAt = 4;
        state.dirtySince = 5;
        state.dirtyLast = 6;
        state.previewAt = 7;
        state.wakeAt = 9;
        state.controlFingerprint = 10;
        state.told.add(new Told(11, SLOW, Told.Status.STALE));
        state.told.add(new Told(12, OVER, Told.Status.WITHDRAWN));
        return state;
    }

    private static void isFilled(KeyState<Long> state) {
        assertThat(state.live).isEqualTo(new Folded<>(41L, 42, 43));
        assertThat(state.marks).containsExactly(-7L, 8L);
        assertThat(List.of(
                        state.keptFrom,
                        state.dirtyFrom,
                        state.newestPane,
                        state.newestObservedAt,
                        state.dirtySince,
                        state.dirtyLast,
                        state.previewAt,
                        state.wakeAt,
                        state.controlFingerprint))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 9L, 10L);
        assertThat(state.told)
                .containsExactly(new Told(11, SLOW, Told.Status.STALE), new Told(12, OVER, Told.Status.WITHDRAWN));
    }

    @Test
    void everyFieldComesBack() {
        isFilled(Written.again(CODEC, filled()));
    }

    @Test
    void whatBecomesOfACopyDoesNotTouchTheState() {
        KeyState<Long> state = filled();
        KeyState<Long> copy = CODEC.copy(state);
        isFilled(copy);

        copy.marks.clear();
        copy.told.clear();
        copy.clean();
        isFilled(state);
    }

    @Test
    void stateOfAnotherFormatIsRefusedByName() {
        byte[] subject = Written.bytes(CODEC, filled());
        subject[0] = 1;
        assertThatThrownBy(() -> Written.read(CODEC, subject))
                .isInstanceOf(IOException.class)
                .hasMessage("subject state has format 1, this program reads format 2");

        byte[] folded = Written.bytes(CODEC, filled());
        folded[1] = 3;
        assertThatThrownBy(() -> Written.read(CODEC, folded))
                .isInstanceOf(IOException.class)
                .hasMessage("folded state has format 3, this program reads format 1");
    }

    @Test
    void anEpisodeIsOpenUntilItEndsOrIsWithdrawn() {
        assertThat(new Told(1, SLOW, Told.Status.CURRENT).isOpen()).isTrue();
        assertThat(new Told(1, SLOW, Told.Status.STALE).isOpen()).isTrue();
        assertThat(new Told(1, SLOW, Told.Status.WITHDRAWN).isOpen()).isFalse();
        assertThat(new Told(1, OVER, Told.Status.CURRENT).isOpen()).isFalse();
        assertThat(new Told(1, SLOW, Told.Status.CURRENT).episodeId()).isEqualTo("episode-1");
    }

    @Test
    void noEventIsWrittenAsOneByte() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Codecs.writeEvent(new DataOutputStream(bytes), null);

        assertThat(bytes.toByteArray()).containsExactly(0);
        assertThat(Codecs.readEvent(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isNull();
    }
}
