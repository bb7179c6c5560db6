package org.citystream.alerting.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.silence.Silence;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Severity;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept between transactions is what the database says now. */
class RememberedTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final PostgresStore store =
            new PostgresStore(postgres.jdbcUrl(), PostgresExtension.USER, PostgresExtension.PASSWORD);
    private final PostgresAlerts alerts = new PostgresAlerts(store);
    private final Instant now = Instant.parse("2026-11-23T08:15:30Z");

    @BeforeAll
    static void prepare() {
        EmptyDatabase.prepare(postgres);
    }

    @BeforeEach
    void empty() {
        EmptyDatabase.empty(postgres);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void openAlertsAreThoseOfTheDatabaseAlsoAfterTheyHaveChanged() {
        Events ring = Events.on("ring-1");
        save(alert("al-1", ring.opened(), 1));
        save(alert("al-2", Events.on("ring-2").opened(), 1));
        assertThat(severities()).containsExactly("al-1 moderate", "al-2 moderate");

        save(alert("al-1", ring.escalated(), 2));
        assertThat(severities()).containsExactly("al-1 severe", "al-2 moderate");

        save(alert("al-1", ring.closed(), 3));
        assertThat(severities()).containsExactly("al-2 moderate");
    }

    @Test
    void whatATransactionGaveUpIsNotRemembered() {
        Events ring = Events.on("ring-1");
        save(alert("al-1", ring.opened(), 1));

        assertThatThrownBy(() -> alerts.inTransaction(transaction -> {
                    transaction.save(
                            alert("al-1", ring.severity(Severity.EXTREME).escalated(), 2), now);
                    assertThat(transaction.notifications().openAlerts())
                            .as("the transaction itself sees it")
                            .allSatisfy(alert -> assertThat(alert.sequence()).isEqualTo(2));
                    throw new IllegalStateException("given up");
                }))
                .hasMessage("given up");
        save(alert("al-1", Events.on("ring-1").severity(Severity.MINOR).opened(), 2));

        assertThat(severities()).containsExactly("al-1 minor");
    }

    @Test
    void silencesAreThoseThatNobodyHasTakenBack() {
        PostgresSilences silences = new PostgresSilences(store);
        silences.add(silence("one"));
        assertThat(silences.list()).extracting(Silence::id).containsExactly("one");
        silences.add(silence("two"));
        assertThat(silences.list()).extracting(Silence::id).containsExactlyInAnyOrder("one", "two");

        silences.remove("one", now);

        assertThat(silences.list()).extracting(Silence::id).containsExactly("two");
    }

    private Silence silence(String id) {
        return new Silence(
                id,
                List.of(),
                List.of("loop-1"),
                List.of(),
                List.of(),
                now,
                now.plusSeconds(60),
                "Ada",
                "road works",
                now);
    }

    private void save(Alert alert) {
        alerts.inTransaction(transaction -> {
            transaction.save(alert, now);
            return Set.of();
        });
    }

    private List<String> severities() {
        return alerts.inTransaction(transaction -> transaction.notifications().openAlerts().stream()
                .map(alert -> alert.alertId() + " " + alert.current().severity().wireName())
                .toList());
    }

    private static Alert alert(String id, CityEvent event, int sequence) {
        return new Alert(id, event, null, sequence, true, null, null);
    }
}
