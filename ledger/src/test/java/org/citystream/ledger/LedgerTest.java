package org.citystream.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.testsupport.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    private static final Instant WALL = Instant.parse("2026-11-23T08:15:30.120Z");
    private static final Instant OBSERVED = Instant.parse("2026-11-23T08:15:00Z");

    @TempDir
    Path folder = Path.of("");

    @Test
    void whatIsSentStandsInItBeforeItsOutcomeIsKnown() {
        Ledger ledger = Ledger.open(folder, WALL);

        ledger.sent(loop(1), 0xfeedL, true);

        assertThat(content()).containsExactly("opened at 0", "sent 0 " + loop(1) + " feed native");
        ledger.close();
    }

    @Test
    void aCleanStopLeavesNothingOpen() {
        try (Ledger ledger = Ledger.open(folder, WALL)) {
            long first = ledger.sent(loop(1), -1L, true);
            ledger.sent(station(), 2L, false);
            ledger.acknowledged(first);
            ledger.repeated(first);
        }

        assertThat(content())
                .containsExactly(
                        "opened at 0",
                        "sent 0 " + loop(1) + " ffffffffffffffff native",
                        "sent 1 " + station() + " 2 foreign",
                        "acknowledged 0",
                        "indefinite 1");
    }

    @Test
    void whatIsSentAgainStandsInItBeforeItsOutcomeIsKnown() {
        Ledger ledger = Ledger.open(folder, WALL);

        ledger.repeated(ledger.sent(loop(1), 1L, true));

        assertThat(content()).containsExactly("opened at 0", "sent 0 " + loop(1) + " 1 native", "repeated 0");
        ledger.close();
    }

    @Test
    void aLedgerWhoseOldestFilesAreRemovedGoesOn() throws IOException {
        for (long sequence = 1; sequence <= 3; sequence++) {
            try (Ledger ledger = Ledger.open(folder, WALL)) {
                ledger.acknowledged(ledger.sent(loop(sequence), sequence, true));
            }
        }
        Files.delete(folder.resolve("000001.ledger"));
        try (Ledger ledger = Ledger.open(folder, WALL)) {
            assertThat(ledger.sent(loop(4), 4L, true)).isEqualTo(3);
        }
        assertThat(folder.resolve("000004.ledger")).exists();
        assertThat(content()).contains("sent 1 " + loop(2) + " 2 native", "sent 3 " + loop(4) + " 4 native");
    }

    @Test
    void aKilledWritersOpenEntriesAreIndefiniteForTheNextAndNumbersGoOn() throws IOException {
        Path copy = folder.resolve("after the kill");
        try (Ledger killed = Ledger.open(folder.resolve("ledger"), WALL)) {
            long first = killed.sent(loop(1), 1L, true);
            killed.sent(loop(2), 2L, true);
            killed.acknowledged(first);
            killed.flush();
            killed.sent(loop(3), 3L, true);
            Files.createDirectories(copy);
            Files.copy(folder.resolve("ledger/000001.ledger"), copy.resolve("000001.ledger"));
        }
        Files.writeString(copy.resolve("000001.ledger"), "s 3 loop-0421 7f3a 1", StandardOpenOption.APPEND);

        try (Ledger restarted = Ledger.open(copy, WALL.plusSeconds(60))) {
            assertThat(restarted.sent(loop(2), 2L, true)).isEqualTo(3);
        }
        try (Ledger again = Ledger.open(copy, WALL.plusSeconds(120))) {
            assertThat(again.sent(loop(4), 4L, true)).isEqualTo(4);
        }

        assertThat(content(copy))
                .filteredOn(line -> !line.startsWith("sent"))
                .containsExactly(
                        "opened at 0",
                        "acknowledged 0",
                        "opened at 3",
                        "indefinite 1",
                        "indefinite 2",
                        "indefinite 3",
                        "opened at 4",
                        "indefinite 4");
    }

    @Test
    void aFullDiskLeavesWholeLinesOnly() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 1)) {
            Path ledgers = Files.createDirectory(disk.path().resolve("ledger"));
            Ledger ledger = Ledger.open(ledgers, WALL);
            ledger.sent(loop(0), 0L, true);
            disk.fill();
            assertThatThrownBy(() -> {
                        for (long sequence = 1; sequence < 100_000; sequence++) {
                            ledger.acknowledged(ledger.sent(loop(sequence), sequence, true));
                        }
                    })
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("No space left");
            disk.makeRoom();
            assertThatThrownBy(() -> ledger.sent(loop(1), 1L, true)).isInstanceOf(LedgerException.class);
            ledger.close();

            try (Ledger next = Ledger.open(ledgers, WALL)) {
                assertThat(next.sent(loop(1), 1L, true)).isPositive();
            }
            assertThat(content(ledgers)).contains("sent 0 " + loop(0) + " 0 native", "indefinite 0");
        }
    }

    @Test
    void twoWritersAreNotLetInAtOnce() {
        try (Ledger ledger = Ledger.open(folder, WALL)) {
            assertThat(ledger).isNotNull();
            assertThatThrownBy(() -> Ledger.open(folder, WALL))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("another process writes");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x 1, begins with none of",
        "s 1 loop, has fewer than 8 parts",
        "a one, is no number or time",
        "o 0 yesterday, is no number or time",
        "'', is no ledger line"
    })
    void aLineThatIsNoneIsRefusedWithFileAndLine(String line, String problem) throws IOException {
        Files.writeString(folder.resolve("000001.ledger"), "o 0 " + WALL + "\n" + line + "\na 0\n");

        assertThatThrownBy(this::content)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("000001.ledger, line 2: ")
                .hasMessageContaining(problem);
    }

    @Test
    void aFolderWithoutALedgerIsSaid() {
        assertThatThrownBy(this::content).hasMessageContaining("there is no ledger in " + folder);
    }

    @Test
    void manyEntriesOutgrowTheBuffer() {
        try (Ledger ledger = Ledger.open(folder, WALL)) {
            for (int i = 0; i < 20_000; i++) {
                ledger.sent(loop(i), i, true);
            }
            for (int i = 0; i < 20_000; i++) {
                ledger.acknowledged(i);
            }
        }

        assertThat(content())
                .hasSize(1 + 40_000)
                .filteredOn(line -> line.startsWith("acknowledged"))
                .hasSize(20_000);
    }

    private static MessageId loop(long sequence) {
        return new MessageId("loop-0421", "7f3a", sequence, 1, OBSERVED);
    }

    private static MessageId station() {
        return new MessageId("air-07", null, null, null, OBSERVED);
    }

    private List<String> content() {
        return content(folder);
    }

    private static List<String> content(Path folder) {
        List<String> content = new ArrayList<>();
        LedgerReader.read(folder, new LedgerVisitor() {
            @Override
            public void opened(Instant wall, long firstNumber) {
                content.add("opened at " + firstNumber);
            }

            @Override
            public void sent(Entry entry) {
                content.add("sent " + entry.number() + " " + entry.id() + " " + Long.toHexString(entry.payloadHash())
                        + (entry.nativeFormat() ? " native" : " foreign"));
            }

            @Override
            public void repeated(long number) {
                content.add("repeated " + number);
            }

            @Override
            public void acknowledged(long number) {
                content.add("acknowledged " + number);
            }

            @Override
            public void indefinite(long number) {
                content.add("indefinite " + number);
            }
        });
        return content;
    }
}
