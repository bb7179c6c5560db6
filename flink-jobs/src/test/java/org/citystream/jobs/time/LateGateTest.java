package org.citystream.jobs.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.jobs.wire.ReadingParser;
import org.junit.jupiter.api.Test;

class LateGateTest {
    private static final String LATE =
            "{\"sensorId\":\"a\",\"observedAt\":\"2026-11-23T02:00:00Z\",%s\"clockAt\":\"2026-11-23T08:00:00Z\"}";

    @Test
    void aLateReadingSaysByHowMuch() throws IOException {
        assertThat(late(LATE.formatted(""))).contains("\"lateBySeconds\":21600");
    }

    /** The job's parser looks at single fields and lets pass what a tree would not. */
    @Test
    void whatIsNotQuiteJsonIsKeptAsItCame() throws IOException {
        String twice = LATE.formatted("\"extra\":1,\"extra\":2,");

        assertThat(late(twice)).isEqualTo(twice);
    }

    private static String late(String json) throws IOException {
        Reading reading = new ReadingParser(ReadingFormat.TRAFFIC).reading(json.getBytes(StandardCharsets.UTF_8));
        return new String(LateGate.late(reading).json(), StandardCharsets.UTF_8);
    }
}
