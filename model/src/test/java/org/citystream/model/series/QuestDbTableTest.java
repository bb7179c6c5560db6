package org.citystream.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables for a QuestDB of one's own are those that {@code ./city up} makes. After a change: {@code mvn -pl model test
 * -Dtest=QuestDbTableTest -Ddocs.write=true}.
 */
class QuestDbTableTest {
    private static final Path PAGE = Path.of("../docs/examples/questdb.sql");

    @Test
    void theDocumentedTablesAreOurs() throws Exception {
        String ours = Series.ALL.stream().map(QuestDbTable::create).collect(Collectors.joining(";\n\n", "", ";\n"));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, ours);
        }

        assertThat(PAGE).hasContent(ours);
    }
}
