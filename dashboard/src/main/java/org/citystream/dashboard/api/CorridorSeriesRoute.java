package org.citystream.dashboard.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.series.SeriesPoint;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.model.series.Series;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/corridors/{id}/series}: one field of every segment of a corridor over time, in one answer: of a long one
 * the page would have to ask hundreds of times.
 */
final class CorridorSeriesRoute {
    private static final int MAX_VALUES = 500_000;

    private final TimeSeriesReader store;
    private final CityState state;

    CorridorSeriesRoute(TimeSeriesReader store, CityState state) {
        this.store = store;
        this.state = state;
    }

    /**
     * @param times ends of the windows in which any segment has a value
     * @param segments by id, a value for each of the times; null: no data
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Answer(
            String corridor,
            String field,
            String unit,
            List<Instant> times,
            Map<String, List<@Nullable Object>> segments) {}

    void handle(Context context) {
        String corridor = context.pathParam("id");
        Set<String> ids = segments(corridor);
        SeriesQuery query = SeriesRoute.query(context, Series.TRAFFIC, corridor, state);
        long windows = query.from().until(query.to(), ChronoUnit.SECONDS)
                / query.step().getSeconds();
        if (ids.size() * windows > MAX_VALUES) {
            throw Problem.badRequest("that is more than " + MAX_VALUES + " values of " + ids.size()
                    + " segments: ask for a coarser 'step' or a shorter time");
        }
        Map<String, Map<Instant, Object>> values = new LinkedHashMap<>();
        ids.forEach(id -> values.put(id, read(id, query)));
        Set<Instant> times = new TreeSet<>();
        values.values().forEach(own -> times.addAll(own.keySet()));
        Map<String, List<@Nullable Object>> segments = new LinkedHashMap<>();
        values.forEach((id, own) -> segments.put(id, column(times, own)));
        Answer answer = new Answer(corridor, query.field(), query.unit(), List.copyOf(times), segments);
        context.contentType("application/json").result(JsonCodec.write(answer));
    }

    private Set<String> segments(String corridor) {
        Set<String> ids = new TreeSet<>(state.registry().subjectsOf(corridor, state.now()));
        if (ids.isEmpty()) {
            throw Problem.notFound("no corridor has such an id");
        }
        return ids;
    }

    private Map<Instant, Object> read(String segment, SeriesQuery like) {
        Map<Instant, Object> values = new HashMap<>();
        SeriesQuery query = new SeriesQuery(like.series(), like.field(), segment, like.from(), like.to(), like.step());
        for (SeriesPoint point : store.read(query)) {
            values.put(point.at(), point.value());
        }
        return values;
    }

    private static List<@Nullable Object> column(Set<Instant> times, Map<Instant, Object> values) {
        List<@Nullable Object> column = new ArrayList<>();
        times.forEach(time -> column.add(values.get(time)));
        return column;
    }
}
