package org.citystream.dashboard.series;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.series.Series;

/** The reading side of a time-series store. Thread-safe. */
public interface TimeSeriesReader extends AutoCloseable {

    /**
     * The windows that hold data, ascending; a coarser step than the data's is aggregated by the store.
     *
     * @throws TimeSeriesException if the store cannot answer
     */
    List<SeriesPoint> read(SeriesQuery query);

    /**
     * The newest point of every subject as it stood at a moment: field values by subject, absent where not measured,
     * with the point's time under {@link #TIMESTAMP}.
     *
     * @param at inclusive
     * @param horizon how far back a point may lie
     * @throws TimeSeriesException if the store cannot answer
     */
    Map<String, Map<String, Object>> latest(Series series, Instant at, Duration horizon);

    /** Key of an {@link Instant} among the values of {@link #latest}. */
    String TIMESTAMP = "timestamp";

    /** Why the store cannot be read at the moment; answers at once. */
    Optional<String> problem();

    /** Asks the store for next to nothing, so that {@link #problem} is up to date. */
    void probe();

    @Override
    void close();
}
