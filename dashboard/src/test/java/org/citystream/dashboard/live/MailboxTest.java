package org.citystream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final LiveChannel channel = new LiveChannel();
    private final Mailbox mailbox = channel.join();

    @Test
    void aWatcherThatFellBehindIsToldTheNewestOfEachSubjectOnly() throws Exception {
        for (int minute = 0; minute < 10_000; minute++) {
            channel.publish(new LiveMessage("summary", "traffic/ring-" + minute % 3, "minute " + minute));
        }

        assertThat(mailbox.take(AT_ONCE))
                .extracting(LiveMessage::json)
                .containsExactly("minute 9997", "minute 9998", "minute 9999");
        assertThat(mailbox.take(AT_ONCE)).isEmpty();
    }

    @Test
    void theSameSubjectInDifferentEventsIsNotMixedUp() throws Exception {
        channel.publish(new LiveMessage("summary", "a", "1"));
        channel.publish(new LiveMessage("health", "a", "2"));

        assertThat(mailbox.take(AT_ONCE)).hasSize(2);
    }

    @Test
    void waitingEndsWithNewsAndWithLeaving() throws Exception {
        CompletableFuture<List<LiveMessage>> waiting = CompletableFuture.supplyAsync(this::takePatiently);
        channel.publish(new LiveMessage("clock", "clock", "08:15"));
        assertThat(waiting.get(10, TimeUnit.SECONDS)).hasSize(1);

        CompletableFuture<List<LiveMessage>> waitingAgain = CompletableFuture.supplyAsync(this::takePatiently);
        channel.leave(mailbox);
        assertThat(waitingAgain.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(channel.size()).isZero();
    }

    private List<LiveMessage> takePatiently() {
        try {
            return mailbox.take(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
