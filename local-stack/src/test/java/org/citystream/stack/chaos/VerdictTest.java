package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.stack.chaos.RecoveryTable.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run amounts to, and the table of recovery times. */
class VerdictTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void allIsWellWhenEveryFaultWasRecoveredFromAndTheAuditIsOk() {
        assertThat(Verdict.of(1, List.of(outcome("kafka", 90)), "", List.of(), true)
                        .isOk())
                .as("slower than aimed at is no broken promise")
                .isTrue();
    }

    @Test
    void eachThingThatFailsIsNamed() {
        Verdict verdict = Verdict.of(
                5,
                List.of(outcome("kafka", 4), outcome("mqtt", null)),
                "exit code 1",
                List.of("what came to traffic_job and what became of it differ"),
                false);

        assertThat(verdict.isOk()).isFalse();
        assertThat(verdict.failures())
                .containsExactly(
                        "no recovery from fault 1, kill of mqtt: it does not run",
                        "3 of 5 faults were not reached",
                        "the load broke off: exit code 1",
                        "what came to traffic_job and what became of it differ",
                        "the audit found a promise broken");
    }

    @Test
    void theAuditAloneDecidesToo() {
        assertThat(Verdict.of(1, List.of(outcome("kafka", 4)), "", List.of(), false)
                        .isOk())
                .isFalse();
    }

    @Test
    void recoveryIsToldByNearestRankBesideItsTarget() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int seconds = 20; seconds >= 1; seconds--) {
            outcomes.add(outcome("gateway", seconds));
        }
        outcomes.add(outcome("dashboard", 120));

        List<Row> rows = RecoveryTable.of(outcomes);

        assertThat(rows).extracting(Row::component).containsExactly("dashboard", "gateway");
        Row gateway = rows.get(1);
        assertThat(gateway.median()).isEqualTo(Duration.ofSeconds(10));
        assertThat(gateway.p95()).isEqualTo(Duration.ofSeconds(19));
        assertThat(gateway.target()).isEqualTo(Duration.ofSeconds(10));
        assertThat(gateway.met()).isFalse();
        assertThat(rows.get(0).met()).as("nothing is aimed at").isTrue();
        assertThat(RecoveryTable.lines(outcomes).get(2)).contains("gateway", "20", "10.0 s", "19.0 s", "MISSED");
    }

    @Test
    void aFaultWithoutRecoveryMissesTheTarget() {
        List<Outcome> outcomes = List.of(outcome("alerting", 1), outcome("alerting", null));

        assertThat(RecoveryTable.of(outcomes)).singleElement().satisfies(row -> {
            assertThat(row.unrecovered()).isEqualTo(1);
            assertThat(row.met()).isFalse();
        });
        assertThat(RecoveryTable.lines(outcomes).get(1)).contains("1 NOT RECOVERED");
    }

    private static Outcome outcome(String component, @Nullable Integer seconds) {
        Duration recovery = seconds == null ? null : Duration.ofSeconds(seconds);
        return new Outcome(
                new PlannedFault(1, component, FaultKind.KILL, Duration.ZERO, Duration.ZERO),
                EIGHT,
                EIGHT.plusSeconds(200),
                recovery,
                recovery,
                seconds == null ? "it does not run" : "");
    }
}
