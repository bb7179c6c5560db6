package org.citystream.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has come, as {@code GET /api/v1/progress}.
 *
 * @param command {@code simulate} or {@code replay}
 * @param state {@code starting}, {@code catching-up}, {@code running} or {@code finished}
 * @param total readings to publish in all; absent where there is no end
 * @param troubles lost connections and refused messages so far; none of them loses a reading
 * @param clock the deployment's clock as announced
 * @param readingsPerSecond over the last seconds, acknowledged
 * @param secondsLeft until everything is published, where that can be told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Progress(
        String command,
        String state,
        boolean finished,
        long published,
        long acknowledged,
        @Nullable Long total,
        long troubles,
        @Nullable Instant clock,
        double readingsPerSecond,
        @Nullable Long secondsLeft,
        @Nullable String problem) {}
