package org.citystream.stack.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] FIXED = {'o', 'k'};

    private static RejectedMessage message(long offset, @Nullable String replayOf, @Nullable String originalBytes) {
        return new RejectedMessage(
                new MessageId(0, offset),
                NOON.plusSeconds(offset),
                "bad-time",
                "observedAt is no time",
                "city/lindholm/traffic/loop-" + offset,
                "native-json",
                null,
                null,
                replayOf,
                originalBytes,
                ("message " + offset).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachIsSentOnceAndAReplayNotByItself() {
        Replay.Rules rules = new Replay.Rules(Corrections.none(), Set.of(new MessageId(0, 2)), false);
        assertThat(rules.passesOver(message(1, null, null))).isEmpty();
        assertThat(rules.passesOver(message(2, null, null))).get().asString().contains("it was sent before");
        assertThat(rules.passesOver(message(3, "0-1", null))).get().asString().contains("it is a replay itself");

        Replay.Rules again = new Replay.Rules(Corrections.none(), Set.of(), true);
        assertThat(again.passesOver(message(3, "0-1", null))).isEmpty();
    }

    @Test
    void correctedReplayIsSentAndSoIsACorrectedBeginning(@TempDir Path directory) throws IOException {
        RejectedMessage replay = message(3, "0-1", null);
        RejectedMessage beginning = message(4, null, "900000");
        Replay.Rules uncorrected = new Replay.Rules(Corrections.none(), Set.of(), false);
        assertThat(uncorrected.passesOver(replay)).isPresent();
        assertThat(uncorrected.passesOver(beginning)).contains("only its beginning was kept");

        Files.write(directory.resolve("0-3"), FIXED);
        Files.write(directory.resolve("0-4"), FIXED);
        Replay.Rules corrected = new Replay.Rules(Corrections.in(directory), Set.of(), false);
        assertThat(corrected.passesOver(replay)).isEmpty();
        assertThat(corrected.passesOver(beginning)).isEmpty();
        assertThat(corrected.corrections().payload(beginning)).isEqualTo(FIXED);
        assertThat(corrected.corrections().payload(message(5, null, null)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("message 5");
    }

    @Test
    void logRemembers(@TempDir Path directory) {
        ReplayLog log = new ReplayLog(directory.resolve("new/replays.jsonl"));
        assertThat(log.replayed()).isEmpty();
        log.append(new ReplayLog.Entry(NOON, "anna", "0-7", "t", "a", "b"));
        log.append(new ReplayLog.Entry(NOON, "anna", "0-9", "t", "a", "a"));
        assertThat(log.replayed()).containsExactlyInAnyOrder(new MessageId(0, 7), new MessageId(0, 9));
    }

    @Test
    void selectionIsByReasonSensorTopicAndTime() {
        RejectedMessage message = message(5, null, null);
        assertThat(selection(null, null, null, null)).accepts(message);
        assertThat(selection("bad-time", "loop-5", NOON.plusSeconds(5), NOON.plusSeconds(6)))
                .accepts(message);
        assertThat(selection("too-deep", null, null, null)).rejects(message);
        assertThat(selection(null, "loop-55", null, null)).rejects(message);
        assertThat(selection(null, null, NOON.plusSeconds(6), null)).rejects(message);
        assertThat(selection(null, null, null, NOON.plusSeconds(5))).rejects(message);
    }

    private static Selection selection(
            @Nullable String reason, @Nullable String sensor, @Nullable Instant from, @Nullable Instant to) {
        return new Selection(Set.of(), reason, sensor, null, from, to);
    }

    @Test
    void idsAreReadAsTheyArePrinted() {
        assertThat(MessageId.parse("0-1041")).contains(new MessageId(0, 1041));
        assertThat(new MessageId(3, 7)).hasToString("3-7");
        assertThat(List.of("1041", "0-", "0-1-2", "a-1", "0-9999999999999999999"))
                .allSatisfy(text -> assertThat(MessageId.parse(text)).isEmpty());
    }
}
