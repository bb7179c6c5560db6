package org.citystream.simulator.fault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sensor repeats what it measured first, lane by lane, under fresh times and numbers. */
final class Stuck implements Fault {
    private final FaultSettings settings;
    private final Map<Integer, Map<Measure, Double>> first = new HashMap<>();
    private @Nullable Window window;

    Stuck(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window now) {
        if (!now.equals(window)) {
            first.clear();
            window = now;
        }
        Report report = message.report();
        Integer lane = report.laneId() == null ? 0 : report.laneId();
        Map<Measure, Double> values = first.computeIfAbsent(lane, any -> report.values());
        return settings.strikes(message) ? List.of(message.of(report.withValues(values))) : List.of(message);
    }
}
