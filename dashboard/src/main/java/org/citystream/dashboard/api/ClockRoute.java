package org.citystream.dashboard.api;

import io.javalin.http.Context;
import java.time.Instant;
import org.citystream.dashboard.live.CityState;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;

/** {@code GET /api/v1/clock}: what the deployment calls now. */
final class ClockRoute {
    private final CityState state;

    ClockRoute(CityState state) {
        this.state = state;
    }

    private record Answer(Instant now, double speed, String source) {}

    void handle(Context context) {
        ClockState clock =
                state.clock().orElseThrow(() -> Problem.unavailable("the deployment's clock has not been heard yet"));
        String source = clock.source();
        Answer answer = new Answer(clock.now(), clock.speed(), source == null ? "wall" : source);
        context.contentType("application/json").result(JsonCodec.write(answer));
    }
}
