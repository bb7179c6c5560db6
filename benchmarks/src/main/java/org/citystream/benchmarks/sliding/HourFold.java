package org.citystream.benchmarks.sliding;

import java.time.Instant;
import java.util.List;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.model.event.CityEvent;

/** Each minute the hour that ends with it. Decides nothing. */
final class HourFold implements PaneFold<HourState, HourSummary> {

    @Override
    public HourState initial() {
        return HourState.EMPTY;
    }

    @Override
    public Step<HourState, HourSummary> next(String segmentId, HourState state, Instant paneStart, Pane pane) {
        int readings = 0;
        long vehicles = 0;
        for (Cell cell : pane.cells()) {
            readings += cell.readings();
            vehicles += cell.support();
        }
        HourState hour = state.with(paneStart.toEpochMilli(), readings, vehicles);
        return new Step<>(
                hour,
                new HourSummary(segmentId, Instant.ofEpochMilli(hour.upTo()), hour.allReadings(), hour.allVehicles()),
                List.of());
    }

    @Override
    public Step<HourState, HourSummary> silence(String segmentId, HourState state, Instant from, Instant to) {
        throw new IllegalStateException("nothing is ever open here");
    }

    @Override
    public int expectedAfter(String segmentId, Instant paneStart) {
        return 0;
    }

    @Override
    public List<CityEvent> openEpisodes(HourState state) {
        return List.of();
    }

    @Override
    public HourSummary revised(HourSummary summary, int revision, boolean isFinal) {
        return summary;
    }

    @Override
    public long contentHash(HourSummary summary) {
        return (summary.windowEnd().toEpochMilli() * 31 + summary.readings()) * 31 + summary.vehicles();
    }

    @Override
    public long silentAfterMillis(String segmentId, Instant at) {
        return HourState.MINUTE_MILLIS;
    }

    @Override
    public long controlFingerprint(String segmentId, Instant upTo) {
        return 0;
    }

    @Override
    public Codec<HourState> codec() {
        return new HourStateCodec();
    }
}
