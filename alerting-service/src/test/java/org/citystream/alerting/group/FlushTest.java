package org.citystream.alerting.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.alerting.Events.EIGHT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertId;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.group.Flush.Reason;
import org.citystream.alerting.route.Grouping;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a group says when it is looked at, and when it is looked at next. */
class FlushTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration REPEAT = Duration.ofHours(4);
    private static final Grouping GROUPING = new Grouping(List.of(), false, WAIT, INTERVAL, REPEAT);
    private static final @Nullable Instant NEVER_SPOKEN = null;
    private static final Instant LAST_SPOKEN = EIGHT.minus(Duration.ofMinutes(10));

    private final Member untold = member(Events.on("ring-1").opened(), ChangeType.OPENED, 1, 0);
    private final Member told = member(Events.on("ring-2").opened(), ChangeType.OPENED, 1, 1);
    private final Member worse = member(Events.on("ring-3").escalated(), ChangeType.ESCALATED, 2, 1);
    private final Member over = member(Events.on("ring-4").closed(), ChangeType.RESOLVED, 2, 1);
    private final Member overUntold = member(Events.on("ring-5").closed(), ChangeType.RESOLVED, 2, 0);

    private static Member member(CityEvent event, ChangeType news, int newsSequence, int toldSequence) {
        Alert alert = new Alert(AlertId.ofEpisode(event.episodeId()), event, null, newsSequence, true, null, null);
        return new Member(alert, news, newsSequence, toldSequence, null);
    }

    private static Member muted(Member member) {
        return new Member(member.alert(), member.news(), member.newsSequence(), member.toldSequence(), "silence s-1");
    }

    private static Flush flush(@Nullable Instant notifiedAt, Member... members) {
        return Flush.of(GROUPING, notifiedAt, List.of(members), EIGHT);
    }

    @Test
    void aNewAlertIsToldTogetherWithEverythingAudibleAndRepeatedLater() {
        Flush flush = flush(LAST_SPOKEN, told, untold, over, muted(worse));
        assertThat(flush.reason()).isEqualTo(Reason.NEW_ALERTS);
        assertThat(flush.alerts()).containsExactly(told, untold, over);
        assertThat(flush.leaving()).containsExactly(over);
    }

    @Test
    void whatEndsIsToldBeforeWhatChanges() {
        assertThat(flush(LAST_SPOKEN, worse, over).reason()).isEqualTo(Reason.RESOLVED);
        assertThat(flush(LAST_SPOKEN, worse, told).reason()).isEqualTo(Reason.CHANGED);
    }

    @Test
    void aGroupWhoseLastAlertIsOverHasNothingToLookAtAgain() {
        Flush flush = flush(LAST_SPOKEN, over);
        assertThat(flush.reason()).isEqualTo(Reason.RESOLVED);
        assertThat(flush.next()).isNull();
    }

    @Test
    void whatIsOpenIsRepeatedOnceTheRepeatIntervalHasPassedAndNotBefore() {
        Flush early = flush(EIGHT.minus(REPEAT).plusMillis(1), told);
        assertThat(early.reason()).isEqualTo(Reason.NO_NEWS);
        assertThat(early.alerts()).isEmpty();
        assertThat(early.next()).as("counted from when it spoke").isEqualTo(EIGHT.plusMillis(1));

        Flush due = flush(EIGHT.minus(REPEAT), told);
        assertThat(due.reason()).isEqualTo(Reason.REPEAT);
        assertThat(due.alerts()).containsExactly(told);
        assertThat(due.next()).isEqualTo(EIGHT.plus(REPEAT));
    }

    @Test
    void aGroupThatHasNeverSpokenHasNothingToRepeat() {
        Flush flush = flush(NEVER_SPOKEN, told);
        assertThat(flush.reason()).isEqualTo(Reason.NO_NEWS);
        assertThat(flush.next()).isNull();
    }

    @Test
    void whatIsMutedIsNotToldAndLookedAtAgainSoon() {
        Flush flush = flush(LAST_SPOKEN, muted(untold), muted(over));
        assertThat(flush.reason()).isEqualTo(Reason.MUTED);
        assertThat(flush.alerts()).isEmpty();
        assertThat(flush.leaving())
                .as("an end that is kept quiet is still to be told")
                .isEmpty();
        assertThat(flush.next()).isEqualTo(EIGHT.plus(Flush.LOOK_AGAIN));
    }

    @Test
    void theSoonerOfRepeatAndAnotherLookAtWhatIsMutedComesNext() {
        assertThat(flush(LAST_SPOKEN, told, muted(worse)).next()).isEqualTo(EIGHT.plus(Flush.LOOK_AGAIN));
        assertThat(flush(EIGHT.minus(REPEAT).plusSeconds(1), told, muted(worse)).next())
                .isEqualTo(EIGHT.plusSeconds(1));
    }

    @Test
    void whatWasOverBeforeAnybodyCouldBeToldLeavesSilently() {
        Flush flush = flush(NEVER_SPOKEN, overUntold);
        assertThat(flush.reason()).isEqualTo(Reason.OVER_UNTOLD);
        assertThat(flush.alerts()).isEmpty();
        assertThat(flush.leaving()).containsExactly(overUntold);
        assertThat(flush.next()).isNull();
    }

    @Test
    void whatWasOverBeforeAnybodyCouldBeToldIsNotToldWithOthersEither() {
        Flush flush = flush(NEVER_SPOKEN, overUntold, untold);
        assertThat(flush.alerts()).containsExactly(untold);
        assertThat(flush.leaving()).containsExactly(overUntold);
    }

    @Test
    void whatWasOverUntoldLeavesAlsoWhileItIsMuted() {
        Flush flush = flush(LAST_SPOKEN, muted(overUntold));
        assertThat(flush.reason()).isEqualTo(Reason.OVER_UNTOLD);
        assertThat(flush.leaving()).containsExactly(muted(overUntold));
        assertThat(flush.next()).isNull();
    }

    @Test
    void anEmptyGroupHasNoNews() {
        assertThat(flush(LAST_SPOKEN).reason()).isEqualTo(Reason.NO_NEWS);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aGroupSpeaksOfNewsEndsAndRepeats(Reason reason) {
        assertThat(reason.speaks())
                .isEqualTo(List.of(Reason.NEW_ALERTS, Reason.CHANGED, Reason.RESOLVED, Reason.REPEAT)
                        .contains(reason));
    }

    @ParameterizedTest
    @EnumSource(ChangeType.class)
    void anUpdateOrAnAcknowledgementIsNoReasonToSpeak(ChangeType type) {
        assertThat(Flush.isNews(type)).isEqualTo(type != ChangeType.UPDATED && type != ChangeType.ACKNOWLEDGED);
    }

    @Test
    void aMemberSaysWhatTheReceiverHasNotHeard() {
        assertThat(untold.change()).isEqualTo(ChangeType.OPENED);
        assertThat(told.change()).isNull();
        assertThat(worse.change()).isEqualTo(ChangeType.ESCALATED);
        assertThat(over.change()).isEqualTo(ChangeType.RESOLVED);
        assertThat(overUntold.change()).isEqualTo(ChangeType.RESOLVED);
        Member grewBeforeItWasTold = member(Events.on("ring-6").escalated(), ChangeType.ESCALATED, 2, 0);
        assertThat(grewBeforeItWasTold.change()).as("new to the receiver").isEqualTo(ChangeType.OPENED);
    }

    private static Instant due(@Nullable Instant notifiedAt, @Nullable Instant flushAt) {
        Group group = new Group("gr-1", "route", "receiver", new TreeMap<>(), 0, notifiedAt, flushAt);
        return Flush.due(GROUPING, group, EIGHT);
    }

    @Test
    void aGroupWaitsForCompanyBeforeItFirstSpeaks() {
        assertThat(due(NEVER_SPOKEN, null)).isEqualTo(EIGHT.plus(WAIT));
        assertThat(due(NEVER_SPOKEN, EIGHT.plusSeconds(10)))
                .as("the wait is not begun anew by each that comes")
                .isEqualTo(EIGHT.plusSeconds(10));
    }

    @Test
    void aGroupThatWasEmptyWaitsForCompanyAgain() {
        assertThat(due(LAST_SPOKEN, null)).isEqualTo(EIGHT.plus(WAIT));
    }

    @Test
    void aGroupThatHasSpokenKeepsItsIntervalAndNeverSpeaksLaterThanPlanned() {
        Instant repeat = EIGHT.plus(REPEAT);
        assertThat(due(EIGHT.minusSeconds(60), repeat))
                .isEqualTo(EIGHT.minusSeconds(60).plus(INTERVAL));
        assertThat(due(LAST_SPOKEN, repeat)).as("the interval is over").isEqualTo(EIGHT.plus(WAIT));
        assertThat(due(EIGHT.minusSeconds(60), EIGHT.plusSeconds(5))).isEqualTo(EIGHT.plusSeconds(5));
    }
}
