package org.citystream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreExtensionsTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final QuestDbExtension questDb = new QuestDbExtension();

    @Test
    void postgresHasADatabaseForThisClass() {
        postgres.execute("CREATE TABLE alert (id text)");
        postgres.execute("INSERT INTO alert VALUES ('a-1')");

        assertThat(postgres.query("SELECT id FROM alert"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("id", "a-1"));
    }

    @Test
    void questDbAnswersQueries() {
        assertThat(questDb.query("SELECT 1 AS one FROM long_sequence(1)"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("one", 1));
    }
}
