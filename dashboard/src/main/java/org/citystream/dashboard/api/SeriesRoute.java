package org.citystream.dashboard.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.series.SeriesPoint;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.model.reading.ClockState;
import org.citystream.model.series.Series;
import org.citystream.model.wire.JsonCodec;

/** {@code GET /api/v1/series}: one field of one subject, on a regular grid, null where there is no data. */
final class SeriesRoute {
    static final int MAX_POINTS = 20_000;
    private static final int MAX_SUBJECT_LENGTH = 256;
    private static final Duration MAX_STEP = Duration.ofDays(31);
    private static final Duration DEFAULT_RANGE = Duration.ofHours(3);

    private final TimeSeriesReader store;
    private final CityState state;

    SeriesRoute(TimeSeriesReader store, CityState state) {
        this.store = store;
        this.state = state;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Answer(String measurement, String subject, String field, String unit, List<List<Object>> points) {}

    void handle(Context context) {
        Series series = series(Parameters.required(context, "measurement"));
        SeriesQuery query = query(context, series, Parameters.required(context, "subject"), state);
        List<List<Object>> points = onGrid(query, store.read(query));
        Answer answer = new Answer(query.series().measurement(), query.subject(), query.field(), query.unit(), points);
        context.contentType("application/json").result(JsonCodec.write(answer));
    }

    /** The query that {@code field, from, to} and {@code step} make of a series and a subject. */
    static SeriesQuery query(Context context, Series series, String subject, CityState state) {
        String field = Parameters.required(context, "field");
        if (!series.fields().containsKey(field)) {
            throw Problem.badRequest("parameter 'field' must be one of "
                    + String.join(", ", series.fields().keySet()));
        }
        if (subject.length() > MAX_SUBJECT_LENGTH || subject.indexOf('\0') >= 0) {
            throw Problem.badRequest(
                    "parameter 'subject' must be an id of at most " + MAX_SUBJECT_LENGTH + " characters");
        }
        Instant to = Parameters.instant(context, "to").orElseGet(() -> now(state));
        Instant from = Parameters.instant(context, "from").orElseGet(() -> to.minus(DEFAULT_RANGE));
        Duration step = Parameters.duration(context, "step").orElse(nativeStep(series));
        checkRange(from, to, step);
        return new SeriesQuery(series, field, subject, from, to, step);
    }

    private static Series series(String measurement) {
        return Series.ALL.stream()
                .filter(series -> series.measurement().equals(measurement))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("parameter 'measurement' must be one of "
                        + Series.ALL.stream().map(Series::measurement).collect(Collectors.joining(", "))));
    }

    private static Duration nativeStep(Series series) {
        return series.equals(Series.AIR) ? Duration.ofHours(1) : Duration.ofMinutes(1);
    }

    private static Instant now(CityState state) {
        return state.clock()
                .map(ClockState::now)
                .orElseThrow(() -> Problem.badRequest("parameter 'to' is needed while the clock is not known"));
    }

    private static void checkRange(Instant from, Instant to, Duration step) {
        if (step.getNano() != 0 || step.getSeconds() < 1 || step.compareTo(MAX_STEP) > 0) {
            throw Problem.badRequest("parameter 'step' must be whole seconds, PT1S to " + MAX_STEP);
        }
        if (!from.isBefore(to)) {
            throw Problem.badRequest("parameter 'from' must be before 'to'");
        }
        Parameters.withinStores("from", from);
        Parameters.withinStores("to", to);
        if (Duration.between(from, to).getSeconds() / step.getSeconds() > MAX_POINTS) {
            throw Problem.badRequest(
                    "that is more than " + MAX_POINTS + " points: ask for a coarser 'step' or a shorter time");
        }
    }

    /** Every window end within (from, to] and what the store holds for it. */
    static List<List<Object>> onGrid(SeriesQuery query, List<SeriesPoint> points) {
        Map<Instant, Object> values = new HashMap<>();
        points.forEach(point -> values.put(point.at(), point.value()));
        long step = query.step().getSeconds();
        long first = Math.floorDiv(query.from().getEpochSecond(), step) * step + step;
        List<List<Object>> grid = new ArrayList<>();
        for (long end = first; end - step < query.to().getEpochSecond(); end += step) {
            Instant at = Instant.ofEpochSecond(end);
            boolean complete = !at.isAfter(query.to());
            if (complete || values.containsKey(at)) {
                grid.add(Arrays.asList(at.toString(), values.get(at)));
            }
        }
        return grid;
    }
}
