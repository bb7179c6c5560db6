package org.citystream.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.dashboard.series.SeriesPoint;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.model.series.Series;

/** A store that answers and holds nothing. */
public final class EmptyStore implements TimeSeriesReader {
    @Override
    public List<SeriesPoint> read(SeriesQuery query) {
        return List.of();
    }

    @Override
    public Map<String, Map<String, Object>> latest(Series series, Instant at, Duration horizon) {
        return Map.of();
    }

    @Override
    public void probe() {}

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
