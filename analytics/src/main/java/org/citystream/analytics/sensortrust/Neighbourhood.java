package org.citystream.analytics.sensortrust;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;

/**
 * What a sensor's hours are beside those of others. Immutable.
 *
 * @param departures by measure, ascending
 * @param disagreeing of the last hours compared with the instrument's other channel, those in which they disagreed; newest
 *     in bit 0
 * @param compared with the other channel, counted up to {@link #CHANNEL_HOURS}
 */
public record Neighbourhood(List<Departure> departures, int disagreeing, int compared) {
    static final int CHANNEL_HOURS = 24;
    static final Neighbourhood NONE = new Neighbourhood(List.of(), 0, 0);

    private static final int DISAGREEING_NEEDED = 3;

    Neighbourhood next(Comparison comparison, long hourStart) {
        TreeMap<String, Departure> next = new TreeMap<>();
        departures.forEach(each -> next.put(each.measure(), each));
        comparison.departures().forEach((measure, departure) -> {
            Departure before = next.get(measure);
            next.put(
                    measure,
                    before == null
                            ? Departure.first(measure, departure, hourStart)
                            : before.next(departure, hourStart));
        });
        Boolean agree = comparison.channelsAgree();
        return new Neighbourhood(
                new ArrayList<>(next.values()),
                agree == null ? disagreeing : ((disagreeing << 1) | (agree ? 0 : 1)) & ((1 << CHANNEL_HOURS) - 1),
                agree == null ? compared : Math.min(CHANNEL_HOURS, compared + 1));
    }

    boolean channelsDisagree() {
        return disagreeingHours() >= DISAGREEING_NEEDED;
    }

    int disagreeingHours() {
        return Integer.bitCount(disagreeing);
    }
}
