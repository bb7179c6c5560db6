package org.citystream.audit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.citystream.audit.alert.KnownAlert.Change;
import org.citystream.audit.alert.ReceivedDelivery.Place;
import org.citystream.audit.alert.SentDelivery.Told;
import org.citystream.audit.message.Period;
import org.citystream.audit.report.Line;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryAuditTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant SETTLED = EIGHT.plusSeconds(600);
    private static final Endpoint HOOK = new Endpoint("wh-1", "http://sink", true, true, EIGHT.minusSeconds(60));

    private Instant judgedFrom = EIGHT.minus(Duration.ofDays(6));
    private @Nullable String audited = "wh-1";

    @Test
    void eachChangeIsDeliveredAndReceivedWithOneContent() {
        List<Line> lines = deliveries(
                List.of(sent("msg-1", 1, "delivered"), sent("msg-2", 2, "delivered")),
                List.of(received("msg-1", 1), received("msg-1", 1), received("msg-2", 2)),
                false);

        assertThat(lines).noneMatch(Line::isFailure);
        assertThat(count(lines, "received")).isEqualTo(2);
        assertThat(count(lines, "received-again")).isEqualTo(1);
    }

    @Test
    void aChangeThatNobodyWasToldOfIsFoundUnlessSomethingMayKeepItBack() {
        List<SentDelivery> sent = List.of(sent("msg-1", 1, "delivered"));

        List<Line> loud = deliveries(sent, List.of(received("msg-1", 1)), false);
        List<Line> quiet = deliveries(sent, List.of(received("msg-1", 1)), true);

        assertThat(line(loud, "changes-without-delivery").examples())
                .containsExactly("alert.resolved of al-ep-1 (sequence 2) for wh-1");
        assertThat(count(quiet, "kept-back")).isEqualTo(1);
        assertThat(quiet).noneMatch(Line::isFailure);
    }

    @Test
    void whatTheReceiverLacksOrHasOtherwiseIsFound() {
        List<Line> lines = deliveries(
                List.of(sent("msg-1", 1, "delivered"), sent("msg-2", 2, "delivered"), sent("msg-3", 3, "pending")),
                List.of(
                        otherwise("msg-2", "other"),
                        otherwise("msg-4", "x"),
                        otherwise("msg-4", "y"),
                        new ReceivedDelivery("msg-5", EIGHT, true, "forged", null)),
                false);

        assertThat(line(lines, "delivered-not-received").examples()).containsExactly("msg-1");
        assertThat(line(lines, "received-otherwise").examples()).containsExactly("msg-2");
        assertThat(line(lines, "received-with-two-contents").examples()).containsExactly("msg-4");
        assertThat(line(lines, "received-never-sent").examples()).containsExactly("msg-4");
        assertThat(line(lines, "refused-by-receiver").examples()).containsExactly("msg-5");
        assertThat(line(lines, "not-yet-delivered").examples()).containsExactly("msg-3");
        assertThat(lines).filteredOn(Line::isFailure).hasSize(5);
    }

    @Test
    void whatTheAlertingServiceHasForgottenIsTold() {
        judgedFrom = EIGHT.plusSeconds(1);

        List<Line> lines = deliveries(List.of(), List.of(otherwise("msg-9", "x")), false);

        assertThat(count(lines, "changes-forgotten")).isEqualTo(1);
        assertThat(line(lines, "changes-without-delivery").examples())
                .containsExactly("alert.resolved of al-ep-1 (sequence 2) for wh-1");
        assertThat(count(lines, "received-never-sent")).isZero();
    }

    // ---- order -------------------------------------------------------------------------------------------------

    @Test
    void aMessageThatComesFirstBehindALaterOneOfItsAlertIsFound() {
        List<Line> lines = deliveries(
                List.of(sent("msg-1", 1, "delivered"), sent("msg-2", 2, "delivered")),
                List.of(received("msg-2", 2), received("msg-1", 1)),
                false);

        assertThat(line(lines, "received-out-of-order").examples())
                .containsExactly("msg-1, sequence 1 of al-ep-1, behind sequence 2");
        assertThat(lines).filteredOn(Line::isFailure).hasSize(1);
    }

    @Test
    void aRepetitionOfWhatHasComeIsNoOrderBroken() {
        List<Line> lines = deliveries(
                List.of(sent("msg-1", 1, "delivered"), sent("msg-2", 2, "delivered")),
                List.of(received("msg-1", 1), received("msg-2", 2), received("msg-1", 1)),
                false);

        assertThat(lines).noneMatch(Line::isFailure);
    }

    @Test
    void alertsAndGroupsHaveEachAnOrderOfTheirOwn() {
        ReceivedDelivery other = new ReceivedDelivery("msg-3", EIGHT, false, "msg-3", new Place("al-other", 1));

        List<Line> lines = deliveries(
                List.of(sent("msg-1", 1, "delivered"), sent("msg-2", 2, "delivered")),
                List.of(received("msg-1", 1), received("msg-2", 2), other),
                false);

        assertThat(count(lines, "received-out-of-order")).isZero();
    }

    /** A log that holds the messages of two webhooks: one of them is behind the other in everything. */
    @Test
    void webhooksHaveEachAnOrderOfTheirOwn() {
        audited = null;
        SentDelivery slow =
                new SentDelivery("msg-3", "wh-2", "delivered", "msg-3", Set.of(new Told("al-ep-1", 1)), EIGHT, false);

        List<Line> lines = deliveries(
                List.of(sent("msg-1", 1, "delivered"), sent("msg-2", 2, "delivered"), slow),
                List.of(received("msg-1", 1), received("msg-2", 2), received("msg-3", 1)),
                false);

        assertThat(lines).noneMatch(Line::isFailure);
    }

    @Test
    void whatSomebodyHasHadSentAgainOrAskedForAfterwardsMayBeOlder() {
        SentDelivery again =
                new SentDelivery("msg-1", "wh-1", "delivered", "msg-1", Set.of(new Told("al-ep-1", 1)), EIGHT, true);
        SentDelivery missed = new SentDelivery(
                "msg-1", "wh-1", "delivered", "msg-1", Set.of(new Told("al-ep-1", 1)), EIGHT.plusSeconds(90), false);
        List<ReceivedDelivery> received = List.of(received("msg-2", 2), received("msg-1", 1));

        assertThat(deliveries(List.of(again, sent("msg-2", 2, "delivered")), received, false))
                .noneMatch(Line::isFailure);
        assertThat(deliveries(List.of(missed, sent("msg-2", 2, "delivered")), received, false))
                .noneMatch(Line::isFailure);
    }

    // ---- what has not come yet ---------------------------------------------------------------------------------

    @Test
    void theAuditedWebhookIsToGetEverything() {
        List<SentDelivery> sent = List.of(sent("msg-1", 1, "pending"), sent("msg-2", 2, "failed"));

        List<Line> lines = deliveries(sent, List.of(), false);

        assertThat(line(lines, "not-yet-delivered").examples()).containsExactly("msg-1");
        assertThat(line(lines, "given-up").examples()).containsExactly("msg-2");
        assertThat(lines).filteredOn(Line::isFailure).hasSize(2);
    }

    @Test
    void whatTheReceiverHasIsDeliveredThoughItsAnswerWasLost() {
        List<SentDelivery> sent = List.of(sent("msg-1", 1, "pending"), sent("msg-2", 2, "delivered"));

        assertThat(deliveries(sent, List.of(received("msg-1", 1), received("msg-2", 2)), false))
                .noneMatch(Line::isFailure);
    }

    @Test
    void whatHasJustBeenMadeMayBeOnItsWay() {
        SentDelivery fresh = new SentDelivery(
                "msg-2", "wh-1", "pending", "msg-2", Set.of(new Told("al-ep-1", 2)), SETTLED.plusSeconds(1), false);

        assertThat(deliveries(List.of(sent("msg-1", 1, "delivered"), fresh), List.of(received("msg-1", 1)), false))
                .noneMatch(Line::isFailure);
    }

    /** Somebody's receiver may be away for days: that is no failure of ours. */
    @Test
    void whetherOtherWebhooksAreAliveIsTheirOwnersBusiness() {
        audited = null;

        List<Line> lines =
                deliveries(List.of(sent("msg-1", 1, "pending"), sent("msg-2", 2, "failed")), List.of(), false);

        assertThat(count(lines, "pending")).isEqualTo(1);
        assertThat(count(lines, "failed")).isEqualTo(1);
        assertThat(lines).noneMatch(Line::isFailure);
    }

    @Test
    void aWebhookThatDoesNotExistCannotBeAudited() {
        audited = "wh-9";

        List<Line> lines =
                deliveries(List.of(sent("msg-1", 1, "delivered"), sent("msg-2", 2, "delivered")), List.of(), false);

        assertThat(line(lines, "webhook-unknown").examples()).containsExactly("wh-9");
        assertThat(lines).anyMatch(Line::isFailure);
    }

    private List<Line> deliveries(List<SentDelivery> sent, List<ReceivedDelivery> received, boolean quiet) {
        return DeliveryAudit.lines(
                List.of(alert()),
                List.of(HOOK),
                sent,
                received,
                Set.of("msg-1", "msg-2", "msg-3"),
                audited,
                quiet,
                new Period(judgedFrom, SETTLED));
    }

    private static SentDelivery sent(String id, int sequence, String state) {
        return new SentDelivery(
                id, "wh-1", state, id, Set.of(new Told("al-ep-1", sequence)), EIGHT.plusSeconds(sequence), false);
    }

    private static ReceivedDelivery received(String id, int sequence) {
        return new ReceivedDelivery(id, EIGHT, false, id, new Place("al-ep-1", sequence));
    }

    private static ReceivedDelivery otherwise(String id, String content) {
        return new ReceivedDelivery(id, EIGHT, false, content, null);
    }

    private static KnownAlert alert() {
        return new KnownAlert(
                "al-ep-1",
                "ep-1",
                true,
                List.of(
                        new Change(1, "alert.opened", EIGHT, true),
                        new Change(2, "alert.resolved", EIGHT.plusSeconds(300), true),
                        new Change(3, "alert.amended", SETTLED.plusSeconds(1), true)));
    }

    private static long count(List<Line> lines, String name) {
        return line(lines, name).count();
    }

    private static Line line(List<Line> lines, String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
