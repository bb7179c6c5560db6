package org.citystream.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthFileTest {
    private static final String HEADER = "start,end,kind,subjectType,subject,corridor,fromM,toM,severity,cause\n";

    @TempDir
    private Path folder;

    @Test
    void aRowSaysWhatHappenedWhereAndWhen() throws Exception {
        assertThat(
                        TruthFile.read(
                                write(
                                        HEADER
                                                + "2026-11-23T08:00:00Z,2026-11-23T08:40:00Z,incident,corridor,ring,ring,2100,4350,severe,two lanes closed\n")))
                .containsExactly(new TruthRow(
                        Instant.parse("2026-11-23T08:00:00Z"),
                        Instant.parse("2026-11-23T08:40:00Z"),
                        "incident",
                        "corridor",
                        "ring",
                        "ring",
                        2100.0,
                        4350.0,
                        "severe",
                        "two lanes closed"));
    }

    @Test
    void whatIsUnknownIsEmptyOrLeftOut() throws Exception {
        assertThat(TruthFile.read(write(
                        "start,kind,subjectType,subject\n2026-11-23T08:00:00Z,congestion,road-segment,high-street\n")))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.end()).isNull();
                    assertThat(row.fromM()).isNull();
                    assertThat(row.corridor()).isNull();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-23T08:00:00Z,2026-11-23T07:00:00Z,incident,corridor,r,r,1,2,, | line 2: ends at 2026-11-23T07:00:00Z, before it starts",
                "2026-11-23T08:00:00Z,,incident,corridor,r,r,2,1,, | line 2: toM 1.0 is upstream of fromM 2.0",
                "2026-11-23T08:00:00Z,,incident,corridor,,r,,,, | line 2, column subject: is empty",
                "2026-11-23T08:00:00Z,,incident,corridor,r,r,far,,, | line 2, column fromM: is not a number",
            })
    void whatCannotBeReadIsNamed(String row, String message) throws Exception {
        Path file = write(HEADER + row + "\n");

        assertThatThrownBy(() -> TruthFile.read(file))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingColumnIsNamed() throws Exception {
        Path file = write("start,kind,subjectType\n");

        assertThatThrownBy(() -> TruthFile.read(file)).hasMessageContaining("column 'subject' is missing");
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("truth.csv"), text);
    }
}
