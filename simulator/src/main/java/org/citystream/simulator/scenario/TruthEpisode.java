package org.citystream.simulator.scenario;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that really happened, as a row of {@code truth.csv}.
 *
 * @param end absent while it goes on
 * @param kind {@code incident} or {@code congestion}
 * @param fromM upstream end of the road it ever touched, m along the corridor
 * @param toM downstream end
 */
public record TruthEpisode(
        Instant start,
        @Nullable Instant end,
        String kind,
        String corridorId,
        double fromM,
        double toM,
        String severity,
        String cause) {}
