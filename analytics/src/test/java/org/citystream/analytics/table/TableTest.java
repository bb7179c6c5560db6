package org.citystream.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of limits as they are published: what is read of them, and what is refused. */
class TableTest {
    @Test
    void rowsComeInTheirOrderWithoutWhatNamesTheSource() {
        List<Table.Row> rows = Table.read(TableTest.class, "bands.csv");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).cells()).containsOnlyKeys("pollutant", "from", "to", "colour");
        assertThat(rows.get(0).text("colour")).isEqualTo("blue");
        assertThat(rows.get(0).integer("from")).isZero();
        assertThat(rows.get(0).number("to")).isEqualTo(new BigDecimal("10.5"));
        assertThat(rows.get(0).optionalNumber("to")).hasValue(new BigDecimal("10.5"));
        assertThat(rows.get(1).number("from"))
                .as("spaces around a cell mean nothing")
                .isEqualTo(new BigDecimal("10.5"));
        assertThat(rows.get(1).text("to")).isEmpty();
        assertThat(rows.get(1).optionalNumber("to")).as("left open").isEmpty();
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
        Table.Row row = Table.read(TableTest.class, "bands.csv").get(0);
        assertThatThrownBy(() -> row.text("color"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the table has no column 'color' but [pollutant, from, to, colour]");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> Table.read(TableTest.class, "ragged.csv"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ragged.csv: a row has 3 cells: O3");
    }

    @Test
    void aTableThatIsMissingIsNamed() {
        assertThatThrownBy(() -> Table.read(TableTest.class, "none.csv"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("none.csv is missing from the class path");
    }
}
