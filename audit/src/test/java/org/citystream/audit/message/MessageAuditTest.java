package org.citystream.audit.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Report;
import org.citystream.ledger.Entry;
import org.citystream.ledger.LedgerVisitor;
import org.citystream.ledger.MessageId;
import org.junit.jupiter.api.Test;

class MessageAuditTest {
    private static final Instant BEGUN = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant LATER = BEGUN.plusSeconds(60);
    private static final long SENSORS = 5;

    /** What stands in the ledger, told to whoever reads it. */
    private final List<Consumer<LedgerVisitor>> ledger = new ArrayList<>(List.of(visitor -> visitor.opened(BEGUN, 0)));

    private long number;

    @Test
    void allIsWellWhenEachAcknowledgedMessageStandsOnce() {
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("a", 2);
        sentAndAcknowledged("b", 1);

        Report report = audit(kafka -> {
            kafka.reading(id("a", 1), payload(1), LATER);
            kafka.reading(id("a", 2), payload(2), LATER);
            kafka.reading(id("b", 1), payload(1), LATER);
        });

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "sent")).isEqualTo(3);
        assertThat(count(report, "once")).isEqualTo(3);
    }

    @Test
    void anAcknowledgedMessageThatIsNowhereIsLostAndNamed() {
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("a", 2);

        Report report = audit(kafka -> kafka.reading(id("a", 2), payload(2), LATER));

        assertThat(report.isOk()).isFalse();
        assertThat(line(report, "lost").count()).isEqualTo(1);
        assertThat(line(report, "lost").examples()).containsExactly(id("a", 1).toString());
        assertThat(report.table(5)).last().isEqualTo("FAILED: 1 lost");
    }

    @Test
    void copiesAreDuplicatesAndNoFailure() {
        sentAndAcknowledged("a", 1);

        Report report = audit(kafka -> {
            for (int copy = 0; copy < 300; copy++) {
                kafka.reading(id("a", 1), payload(1), LATER);
            }
        });

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "duplicate")).isEqualTo(1);
        assertThat(count(report, "extra-copies")).as("counted up to 255").isEqualTo(254);
        assertThat(count(report, "reordered")).isZero();
    }

    @Test
    void aCopyIsExplainedByADisturbanceAndByNothingElse() {
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("a", 2);
        Consumer<MessageAudit> kafka = audit -> {
            audit.reading(id("a", 1), payload(1), LATER);
            audit.reading(id("a", 2), payload(2), LATER);
            audit.reading(id("a", 1), payload(1), LATER.plusSeconds(30));
            audit.reading(id("a", 2), payload(2), LATER.plusSeconds(31));
        };

        Report report = audit(List.of(new Period(LATER, LATER.plusSeconds(30))), kafka);

        assertThat(line(report, "duplicate-unexplained").count()).isEqualTo(1);
        assertThat(line(report, "duplicate-unexplained").examples())
                .containsExactly(id("a", 2).toString());
        assertThat(report.isOk()).isFalse();
        assertThat(audit(List.of(new Period(LATER, LATER.plusSeconds(31))), kafka)
                        .isOk())
                .isTrue();
        assertThat(audit(kafka).isOk()).as("nobody asked").isTrue();
    }

    /** A source may send copies of its own accord. */
    @Test
    void asManyCopiesAsTheLedgerHasEntriesAreExplained() {
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("a", 1);
        List<Period> longAgo = List.of(new Period(BEGUN, BEGUN));
        Consumer<MessageAudit> copy = audit -> audit.reading(id("a", 1), payload(1), LATER);

        assertThat(audit(longAgo, copy.andThen(copy)).isOk()).isTrue();
        assertThat(line(audit(longAgo, copy.andThen(copy).andThen(copy)), "duplicate-unexplained")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aCopyThatTheSourceHasSentItselfIsExplained() {
        sent("a", 1, 1, true);
        ledger.add(visitor -> visitor.repeated(0));
        ledger.add(acknowledged(0));
        List<Period> longAgo = List.of(new Period(BEGUN, BEGUN));
        Consumer<MessageAudit> copy = audit -> audit.reading(id("a", 1), payload(1), LATER);

        assertThat(audit(longAgo, copy.andThen(copy)).isOk()).isTrue();
        assertThat(audit(longAgo, copy.andThen(copy).andThen(copy)).isOk()).isFalse();
    }

    @Test
    void whatMayHaveBeenForgottenIsNotLost() {
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("a", 1_000);
        sentAndAcknowledged("a", 9_000);
        sentAndAcknowledged("a", 2);
        ledger.add(visitor -> visitor.opened(BEGUN.plusSeconds(600), number));
        sentAndAcknowledged("a", 3);
        sentAndAcknowledged("a", 2);
        Horizon horizon = new Horizon(BEGUN.plusSeconds(300), BEGUN.plusSeconds(900), BEGUN.plusSeconds(8_000));

        Report report = audit(horizon, List.of(), kafka -> {});

        assertThat(line(report, "expired").examples())
                .as("of its time, and from a clock that was ahead")
                .containsExactly(id("a", 1).toString(), id("a", 9_000).toString());
        assertThat(line(report, "lost").examples())
                .as("later, sent again later, sent later")
                .containsExactly(
                        id("a", 1_000).toString(),
                        id("a", 2).toString(),
                        id("a", 3).toString());
        assertThat(count(audit(kafka -> {}), "lost")).isEqualTo(5);
    }

    @Test
    void whatWasNeverAcknowledgedMayBeThereOrNot() {
        sent("a", 1, 1, true);
        sent("a", 2, 2, true);

        Report report = audit(kafka -> kafka.reading(id("a", 2), payload(2), LATER));

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "indefinite-absent")).isEqualTo(1);
        assertThat(count(report, "indefinite-delivered")).isEqualTo(1);
    }

    @Test
    void anEntrySentAgainAfterARestartIsTheSameMessage() {
        sent("a", 1, 1, true);
        ledger.add(visitor -> visitor.opened(BEGUN.plusSeconds(30), 1));
        ledger.add(visitor -> visitor.indefinite(0));
        sentAndAcknowledged("a", 1);

        Report nowhere = audit(kafka -> {});
        Report twice = audit(kafka -> {
            kafka.reading(id("a", 1), payload(1), LATER);
            kafka.reading(id("a", 1), payload(1), LATER);
        });

        assertThat(count(nowhere, "sent")).isEqualTo(1);
        assertThat(count(nowhere, "lost")).isEqualTo(1);
        assertThat(count(twice, "duplicate")).isEqualTo(1);
    }

    @Test
    void otherContentUnderAKnownIdentityIsCorruption() {
        sentAndAcknowledged("a", 1);

        Report report = audit(kafka -> kafka.reading(id("a", 1), payload(99), LATER));

        assertThat(report.isOk()).isFalse();
        assertThat(line(report, "corrupted").examples())
                .containsExactly(id("a", 1).toString());
        assertThat(count(report, "lost")).isZero();
    }

    @Test
    void twoDevicesUnderOneIdentityAreTwoMessages() {
        sentAndAcknowledged("a", 1);
        sent("a", 1, 7, true);
        ledger.add(visitor -> visitor.acknowledged(number - 1));

        Report report = audit(kafka -> {
            kafka.reading(id("a", 1), payload(7), LATER);
            kafka.reading(id("a", 1), payload(1), LATER);
        });

        assertThat(count(report, "once")).isEqualTo(2);
        assertThat(count(report, "reordered")).isEqualTo(1);
    }

    @Test
    void aReadingThatNobodySentIsAPhantomUnlessItIsOlderThanTheLedger() {
        sentAndAcknowledged("a", 1);

        Report report = audit(kafka -> {
            kafka.reading(id("a", 1), payload(1), LATER);
            kafka.reading(id("a", 2), payload(2), LATER);
            kafka.reading(id("a", 0), payload(2), BEGUN.minusSeconds(1));
            kafka.reading(id("stranger", 1), payload(1), LATER);
        });

        assertThat(report.isOk()).isFalse();
        assertThat(line(report, "phantom").count()).isEqualTo(1);
        assertThat(line(report, "phantom").examples())
                .containsExactly(id("a", 2).toString());
        assertThat(count(report, "not-in-ledger")).isEqualTo(2);
    }

    @Test
    void aReadingThatWasSentWhileKafkaWasReadIsNoPhantom() {
        sentAndAcknowledged("a", 1);

        Report report = audit(kafka -> {
            kafka.reading(id("a", 1), payload(1), LATER);
            kafka.reading(id("a", 2), payload(2), LATER);
            sentAndAcknowledged("a", 2);
        });

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "sent")).isEqualTo(1);
        assertThat(count(report, "phantom")).isZero();
    }

    @Test
    void ofSeveralLedgersTheFirstMayHaveGrownWhileKafkaWasRead() {
        sentAndAcknowledged("a", 1);
        int endOfTheFirst = ledger.size();
        sentAndAcknowledged("b", 1);

        Report report = audit(kafka -> {
            kafka.reading(id("a", 1), payload(1), LATER);
            kafka.reading(id("b", 1), payload(1), LATER);
            kafka.reading(id("a", 2), payload(2), LATER);
            kafka.reading(id("a", 2), payload(2), LATER);
            sentAndAcknowledged("a", 2);
            Collections.rotate(ledger.subList(endOfTheFirst, ledger.size()), 2);
        });

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "phantom")).isZero();
    }

    @Test
    void rejectedMessagesAreFoundByTheirBytesOneByOne() {
        for (int sequence = 1; sequence <= 3; sequence++) {
            sent("a", sequence, 0, true);
            ledger.add(acknowledged(number - 1));
        }

        Report report = audit(kafka -> {
            kafka.rejected("a", payload(0), "malformed-json", LATER);
            kafka.rejected("a", payload(0), "malformed-json", LATER);
            kafka.rejected("a", payload(5), "bad-time", LATER);
            kafka.rejected("stranger", payload(0), "bad-time", LATER);
        });

        assertThat(count(report, "rejected")).isEqualTo(2);
        assertThat(count(report, "lost")).isEqualTo(1);
        assertThat(count(report, "rejected-unknown")).isEqualTo(1);
        assertThat(count(report, "not-in-ledger")).isEqualTo(1);
        assertThat(count(report, "malformed-json")).isEqualTo(2);
    }

    @Test
    void aMessageBehindALaterOneOfItsSensorIsOutOfOrder() {
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("b", 1);
        sentAndAcknowledged("a", 2);

        Report report = audit(MessageAuditTest::secondOfSensorAFirst);

        assertThat(report.isOk()).isFalse();
        assertThat(count(report, "reordered")).isEqualTo(1);
        assertThat(line(report, "out-of-order").examples())
                .containsExactly(id("a", 1).toString());
    }

    /** The first attempt may have come to nothing, and the repetition behind what was sent meanwhile. */
    @Test
    void whatWasSentAgainMayArriveBehindALaterOne() {
        sent("a", 1, 1, true);
        ledger.add(visitor -> visitor.repeated(0));
        ledger.add(acknowledged(0));
        sentAndAcknowledged("b", 1);
        sentAndAcknowledged("a", 2);

        Report report = audit(MessageAuditTest::secondOfSensorAFirst);

        assertThat(report.isOk()).isTrue();
        assertThat(line(report, "reordered").examples())
                .containsExactly(id("a", 1).toString());
    }

    @Test
    void whatWasSentAgainByTheNextProcessMayArriveBehindALaterOne() {
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("b", 1);
        sent("a", 2, 2, true);
        restarted();
        ledger.add(visitor -> visitor.indefinite(2));
        sentAndAcknowledged("a", 1);
        sentAndAcknowledged("a", 2);

        assertThat(audit(MessageAuditTest::secondOfSensorAFirst).isOk()).isTrue();
    }

    @Test
    void whatIsNotAcknowledgedYetMayStillBeSentAgain() {
        sent("a", 1, 1, true);
        sentAndAcknowledged("b", 1);
        sentAndAcknowledged("a", 2);

        Report report = audit(MessageAuditTest::secondOfSensorAFirst);

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "reordered")).isEqualTo(1);
    }

    @Test
    void whatTwoLedgersHaveOfASensorHasNoOrder() {
        sentAndAcknowledged("b", 1);
        sentAndAcknowledged("a", 1);
        ledger.add(visitor -> visitor.opened(BEGUN, 0));
        number = 0;
        sentAndAcknowledged("a", 2);

        Report report = audit(MessageAuditTest::secondOfSensorAFirst);

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "reordered")).isEqualTo(1);
    }

    /** A ledger goes on in its next file, and so does the order. */
    @Test
    void aRestartOfTheSenderLeavesTheOrderAsItIs() {
        sentAndAcknowledged("b", 1);
        sentAndAcknowledged("a", 1);
        restarted();
        sentAndAcknowledged("a", 2);

        assertThat(count(audit(MessageAuditTest::secondOfSensorAFirst), "out-of-order"))
                .isEqualTo(1);
    }

    private void restarted() {
        long first = number;
        ledger.add(visitor -> visitor.opened(BEGUN.plusSeconds(30), first));
    }

    private static void secondOfSensorAFirst(MessageAudit kafka) {
        kafka.reading(id("a", 2), payload(2), LATER);
        kafka.reading(id("a", 1), payload(1), LATER);
        kafka.reading(id("b", 1), payload(1), LATER);
    }

    @Test
    void aTranslatedMessageIsKnownByItsTimeWhateverBecameOfItsBytes() {
        sent("a", 1, 1, false);
        ledger.add(acknowledged(number - 1));

        Report report = audit(kafka -> kafka.reading(id("a", 1).byTime(), payload(77), LATER));

        assertThat(report.isOk()).isTrue();
        assertThat(count(report, "once")).isEqualTo(1);
    }

    @Test
    void whateverBecomesOfThemEveryMessageHasOneFate() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            ledger.clear();
            ledger.add(visitor -> visitor.opened(BEGUN, 0));
            number = 0;
            Map<String, Long> expected = new HashMap<>();
            List<Consumer<MessageAudit>> arrivals = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                plant(random, i, expected, arrivals);
            }

            Report report = audit(kafka -> arrivals.forEach(arrival -> arrival.accept(kafka)));

            expected.forEach(
                    (fate, count) -> assertThat(count(report, fate)).as(fate).isEqualTo(count));
            assertThat(count(report, "sent")).isEqualTo(3_000);
        }
    }

    private void plant(Random random, int i, Map<String, Long> expected, List<Consumer<MessageAudit>> arrivals) {
        String sensor = "s" + i % SENSORS;
        boolean acknowledged = random.nextInt(10) > 0;
        sent(sensor, i, i, true);
        if (acknowledged) {
            ledger.add(acknowledged(number - 1));
        }
        Consumer<MessageAudit> whole = kafka -> kafka.reading(id(sensor, i), payload(i), LATER);
        switch (random.nextInt(6)) {
            case 0 -> expected.merge(acknowledged ? "lost" : "indefinite-absent", 1L, Long::sum);
            case 1 -> {
                arrivals.add(whole);
                arrivals.add(whole);
                expected.merge(acknowledged ? "duplicate" : "indefinite-delivered", 1L, Long::sum);
            }
            case 2 -> {
                arrivals.add(kafka -> kafka.reading(id(sensor, i), payload(-i - 1), LATER));
                expected.merge("corrupted", 1L, Long::sum);
            }
            case 3 -> {
                arrivals.add(kafka -> kafka.rejected(sensor, payload(i), "out-of-range", LATER));
                expected.merge("rejected", 1L, Long::sum);
            }
            default -> {
                arrivals.add(whole);
                expected.merge(acknowledged ? "once" : "indefinite-delivered", 1L, Long::sum);
            }
        }
    }

    private Report audit(Consumer<MessageAudit> kafka) {
        return audit(List.of(), kafka);
    }

    private Report audit(List<Period> disturbed, Consumer<MessageAudit> kafka) {
        return audit(Horizon.NONE, disturbed, kafka);
    }

    private Report audit(Horizon horizon, List<Period> disturbed, Consumer<MessageAudit> kafka) {
        MessageTable table = new MessageTable();
        List.copyOf(ledger).forEach(line -> line.accept(table));
        MessageAudit audit = new MessageAudit(table, disturbed, true);
        kafka.accept(audit);
        LedgerVisitor forgetting = audit.forgetting(horizon);
        List.copyOf(ledger).forEach(line -> line.accept(forgetting));
        Map<Integer, MessageId> names = new HashMap<>(audit.wanted());
        LedgerVisitor naming = audit.naming(names);
        List.copyOf(ledger).forEach(line -> line.accept(naming));
        return new Report(audit.lines(names));
    }

    private void sentAndAcknowledged(String sensor, long sequence) {
        sent(sensor, sequence, sequence, true);
        ledger.add(acknowledged(number - 1));
    }

    private void sent(String sensor, long sequence, long content, boolean nativeFormat) {
        Entry entry = new Entry(number++, id(sensor, sequence), payload(content), nativeFormat);
        ledger.add(visitor -> visitor.sent(entry));
    }

    private static Consumer<LedgerVisitor> acknowledged(long number) {
        return visitor -> visitor.acknowledged(number);
    }

    private static MessageId id(String sensor, long sequence) {
        return new MessageId(sensor, "b1", sequence, null, BEGUN.plusSeconds(sequence));
    }

    private static long payload(long content) {
        return content * 0x9E3779B97F4A7C15L;
    }

    private static long count(Report report, String name) {
        return line(report, name).count();
    }

    private static Line line(Report report, String name) {
        return report.lines().stream()
                .filter(line -> line.name().equals(name))
                .filter(line -> !line.section().equals("rejected") || !name.equals("rejected"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + name));
    }
}
