package org.citystream.dashboard.api;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.model.event.CityEvent;
import org.citystream.model.reading.ClockState;
import org.citystream.model.series.Series;
import org.citystream.model.wire.JsonCodec;

/**
 * {@code GET /api/v1/snapshot}: the whole city at one moment. Without {@code at} the live picture; with it the past from
 * the time-series store, under the same field names.
 */
final class SnapshotRoute {
    /** How old a segment's or a station's newest window may be and still stand for the moment asked for. */
    private static final Duration TRAFFIC_HORIZON = Duration.ofMinutes(15);

    private static final Duration AIR_HORIZON = Duration.ofHours(3);

    private final TimeSeriesReader store;
    private final CityState state;

    SnapshotRoute(TimeSeriesReader store, CityState state) {
        this.store = store;
        this.state = state;
    }

    private record Answer(Instant at, Map<String, ?> segments, Map<String, ?> stations, List<CityEvent> openAlerts) {}

    void handle(Context context) {
        Optional<Instant> at = Parameters.instant(context, "at");
        at.ifPresent(moment -> Parameters.withinStores("at", moment));
        Answer answer = at.map(this::past).orElseGet(this::live);
        context.contentType("application/json").result(JsonCodec.write(answer));
    }

    private Answer live() {
        Instant now = state.clock()
                .map(ClockState::now)
                .orElseThrow(() -> Problem.unavailable("the deployment's clock has not been heard yet"));
        return new Answer(now, state.traffic(), state.air(), state.episodes().openAt(now));
    }

    private Answer past(Instant at) {
        return new Answer(
                at,
                named(store.latest(Series.TRAFFIC, at, TRAFFIC_HORIZON), SummaryNames.TRAFFIC),
                named(store.latest(Series.AIR, at, AIR_HORIZON), SummaryNames.AIR),
                state.episodes().openAt(at));
    }

    private static Map<String, Map<String, Object>> named(
            Map<String, Map<String, Object>> subjects, Map<String, String> names) {
        Map<String, Map<String, Object>> renamed = new LinkedHashMap<>();
        subjects.forEach((subject, fields) -> {
            Map<String, Object> summary = new LinkedHashMap<>();
            fields.forEach((field, value) -> summary.put(names.getOrDefault(field, field), value));
            renamed.put(subject, summary);
        });
        return renamed;
    }
}
