package org.citystream.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code replay.json}: how far a recording has been played.
 *
 * @param recording which one, and which part of it
 * @param acknowledgedTo everything sent at or before is acknowledged
 * @param finished whether the clock has run on to its end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayState(String recording, @Nullable Instant acknowledgedTo, boolean finished) {}
