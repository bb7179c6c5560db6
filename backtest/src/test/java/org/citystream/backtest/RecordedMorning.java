package org.citystream.backtest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.citystream.model.reading.TrafficReading;
import org.citystream.recordings.NeutralWriter;
import org.citystream.recordings.RecordedReading;

/** A morning on one road: it flows at 80 km/h, crawls from 8:00 to 8:04, and stands from 9:00 to 9:20. */
final class RecordedMorning {
    /** Asks for ten minutes where the rule that ships asks for three. */
    static final String CALMER_RULE = """
            - id: segment-congestion
              kind: congestion
              enter: {speed-ratio-below: 0.5, for: PT10M}
              exit: {speed-ratio-above: 0.7, for: PT5M}
              severity: moderate
            """;

    private static final Instant SIX = Instant.parse("2026-11-23T06:00:00Z");
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private RecordedMorning() {}

    /** Writes it as a neutral recording. */
    static void write(Path directory) throws IOException {
        try (NeutralWriter writer = NeutralWriter.create(directory)) {
            for (Instant at = SIX.plusSeconds(60); !at.isAfter(NINE.plusSeconds(3600)); at = at.plusSeconds(60)) {
                writer.write(new RecordedReading.Traffic(reading(at)));
            }
        }
    }

    private static TrafficReading reading(Instant at) {
        boolean crawls = at.isAfter(EIGHT) && !at.isAfter(EIGHT.plusSeconds(240));
        boolean stands = at.isAfter(NINE) && !at.isAfter(NINE.plusSeconds(1200));
        return new TrafficReading(
                "loop-1",
                at,
                60,
                null,
                null,
                null,
                12,
                crawls || stands ? 20.0 : 80.0,
                0.1,
                null,
                null,
                null,
                null,
                null);
    }
}
