package org.citystream.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.audit.Records.acknowledge;
import static org.citystream.audit.Records.record;
import static org.citystream.audit.Records.sent;
import static org.citystream.audit.Records.summary;
import static org.citystream.audit.Records.traffic;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.citystream.ledger.Ledger;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A deployment older than what Kafka keeps, while ledger and time-series store keep everything. */
class AgedDeploymentTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    /** Kafka itself deletes by the wall clock. */
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private static final Instant FORGOTTEN = NOW.minus(Duration.ofDays(4));
    private static final Instant FIRST_KEPT = NOW.minus(Duration.ofDays(3));
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void fourDaysPass() {
        emptyTopics();
        kafka.produce(Topics.CLOCK, null, new ClockState(NOW, 1, null, "wall"));
        for (Instant window : List.of(FORGOTTEN, FIRST_KEPT, YESTERDAY)) {
            kafka.produce(record(Topics.READINGS_TRAFFIC, 0, came(window), reading(window)));
            kafka.produce(record(Topics.SUMMARIES_TRAFFIC, 0, came(window), summary("ring", window, 1)));
        }
        kafka.produce(record(Topics.SUMMARIES_TRAFFIC, 1, came(FORGOTTEN), summary("gone", FORGOTTEN, 0)));
        try (Ledger ledger = Ledger.open(directory, FORGOTTEN.minusSeconds(60))) {
            for (Instant window : List.of(FORGOTTEN, FIRST_KEPT, YESTERDAY)) {
                acknowledge(ledger, sent(sequence(window), window.plusSeconds(30)));
            }
        }
    }

    /** Offsets above zero are nothing that other tests of the module expect. */
    @AfterAll
    static void emptyTopics() {
        kafka.empty(Topics.READINGS_TRAFFIC, Topics.SUMMARIES_TRAFFIC, Topics.READINGS_AIR, Topics.SUMMARIES_AIR);
    }

    @Test
    void whatKafkaHasForgottenIsToldAndWhatItStillHasIsJudged() throws Exception {
        assertThat(verify().status()).as("before anything is forgotten").isZero();
        forget();

        Verification verification = verify();

        assertThat(verification.status()).as(verification.toString()).isZero();
        assertThat(verification.out())
                .containsPattern("once +2\n")
                .containsPattern("expired +1\n")
                .containsPattern("lost +0\n")
                .containsPattern("counted +1\n")
                .containsPattern("windows-forgotten +2\n")
                .containsPattern("points +1\n")
                .endsWith("OK: nothing lost, nothing invented\n");
    }

    @Test
    void aLossAmongWhatIsStillThereIsFound() throws Exception {
        try (Ledger ledger = Ledger.open(directory, FORGOTTEN)) {
            acknowledge(ledger, sent(99, YESTERDAY.plusSeconds(40)));
        }
        kafka.produce(record(Topics.READINGS_TRAFFIC, 0, came(YESTERDAY), reading(YESTERDAY.plusSeconds(60))));
        forget();

        Verification verification = verify();

        assertThat(verification.status()).isEqualTo(1);
        assertThat(verification.out())
                .containsPattern("lost +1  FAILURE\n      loop-0421 boot b1 sequence 99 ")
                .endsWith("FAILED: 1 lost, 1 phantom, 1 uncounted\n");
    }

    /** What a process has sent that began afterwards came afterwards, whatever time it bears. */
    @Test
    void whatWasSentAfterwardsIsNotExcusedByAnOldTime() throws Exception {
        forget();
        try (Ledger ledger = Ledger.open(directory, YESTERDAY)) {
            acknowledge(ledger, sent(99, FORGOTTEN.plusSeconds(40)));
        }

        assertThat(verify().out()).containsPattern("expired +1\n").containsPattern("lost +1  FAILURE\n");
    }

    private static void forget() {
        kafka.forget(Topics.READINGS_TRAFFIC, 0, 1);
        kafka.forget(Topics.SUMMARIES_TRAFFIC, 0, 1);
        kafka.forget(Topics.SUMMARIES_TRAFFIC, 1, 1);
    }

    private static Object reading(Instant window) {
        return traffic(sequence(window), window.plusSeconds(30), came(window));
    }

    private static long sequence(Instant window) {
        return window.getEpochSecond();
    }

    private static Instant came(Instant window) {
        return window.plusSeconds(31);
    }

    private Verification verify() throws Exception {
        try (AnsweringServer store = new AnsweringServer(
                null, asked -> String.valueOf(asked.getQuery()).contains("FROM+air") ? "{\"dataset\":[]}" : points())) {
            return Verification.run(
                    kafka.bootstrapServers(), NOW, "--ledger", directory.toString(), "--questdb-url", store.url());
        }
    }

    private static String points() {
        return "{\"dataset\":[[\"" + FORGOTTEN.plusSeconds(60) + "\",2],[\"" + FIRST_KEPT.plusSeconds(60) + "\",1],[\""
                + YESTERDAY.plusSeconds(60) + "\",1]]}";
    }
}
