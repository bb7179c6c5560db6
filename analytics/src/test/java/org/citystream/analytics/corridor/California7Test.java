package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class California7Test {
    @Test
    void followsThePublishedDecisionTree() throws IOException {
        California7 state = California7.FREE;
        for (CSVRecord row : trace()) {
            state = state.next(
                    Double.parseDouble(row.get("occ_up_pct")),
                    Double.parseDouble(row.get("occ_dn_pct")),
                    California7.Thresholds.PUBLISHED);

            assertThat(state.name().toLowerCase(Locale.ROOT))
                    .as("step %s", row.get("step"))
                    .isEqualTo(row.get("expected_state"));
        }
    }

    @Test
    void emptyRoadsAreFree() {
        assertThat(California7.FREE.next(0, 0, California7.Thresholds.PUBLISHED))
                .isEqualTo(California7.FREE);
        assertThat(California7.CONTINUING.next(0, 0, California7.Thresholds.PUBLISHED))
                .isEqualTo(California7.FREE);
    }

    /** Occupancies of 20 and 10 percent: a difference of 10 percent, half of what is upstream. */
    @Test
    void differencesReachTheirThresholdsAndOccupancyDownstreamStaysBelow() {
        assertThat(California7.FREE.next(20, 10, new California7.Thresholds(10, 0.5, 10.1, 9.9)))
                .isEqualTo(California7.TENTATIVE);
        assertThat(California7.FREE.next(20, 10, new California7.Thresholds(10, 0.5, 10, 9.9)))
                .as("downstream not below")
                .isEqualTo(California7.FREE);
        assertThat(California7.FREE.next(20, 10, new California7.Thresholds(10.1, 0.5, 10.1, 9.9)))
                .as("difference not reached")
                .isEqualTo(California7.FREE);
        assertThat(California7.TENTATIVE.next(20, 10, new California7.Thresholds(10, 0.5, 10.1, 9.9)))
                .isEqualTo(California7.CONFIRMED);
        assertThat(California7.TENTATIVE.next(20, 10, new California7.Thresholds(10, 0.5, 10.1, 10)))
                .as("no more than is usual there")
                .isEqualTo(California7.FREE);
    }

    private static Iterable<CSVRecord> trace() throws IOException {
        InputStream in = Objects.requireNonNull(California7Test.class.getResourceAsStream("california7_trace.csv"));
        try (InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .getRecords();
        }
    }
}
