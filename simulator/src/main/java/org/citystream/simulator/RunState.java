package org.citystream.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.citystream.simulator.scenario.Run;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: what a restarted simulator needs to go on with the same bytes.
 *
 * @param acknowledgedTo everything sent at or before is acknowledged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunState(Run run, @Nullable Instant acknowledgedTo) {}
