package org.citystream.simulator.fault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.citystream.model.place.Sensor;
import org.citystream.simulator.city.Draws;

/** The faults of a run on the city's sensors. */
public final class FaultySensors {
    private final List<Instant> arrivals;
    private final Map<String, List<Struck>> faults = new HashMap<>();
    private final List<Strike> strikes = new ArrayList<>();

    private record Struck(FaultPlan plan, Fault fault) {}

    /** A plan with the sensors it strikes. */
    private record Strike(FaultPlan plan, List<String> sensorIds) {}

    /**
     * A fault that came into force.
     *
     * @param name kind of fault
     */
    public record Outbreak(String name, String sensorId, Window window) {}

    /**
     * @param arrivals moments from which the faults' schedules count
     * @throws IllegalArgumentException if a plan strikes no sensor of the city
     */
    public FaultySensors(List<FaultPlan> plans, List<Sensor> sensors, long seed, List<Instant> arrivals) {
        this.arrivals = List.copyOf(arrivals);
        for (int i = 0; i < plans.size(); i++) {
            FaultPlan plan = plans.get(i);
            Draws draws = Draws.of(seed).stream("fault-" + i + "-" + plan.name());
            List<String> struck = plan.targets(sensors, draws);
            if (struck.isEmpty()) {
                throw new IllegalArgumentException("fault '" + plan + "' strikes none of the city's sensors");
            }
            for (String sensorId : struck) {
                faults.computeIfAbsent(sensorId, id -> new ArrayList<>())
                        .add(new Struck(plan, plan.on(draws.stream(sensorId))));
            }
            strikes.add(new Strike(plan, struck));
        }
    }

    /** Whether anything ever is wrong with a sensor. */
    public boolean strike(String sensorId) {
        return faults.containsKey(sensorId);
    }

    /** What becomes of what a sensor says: one plan after the other has its way with it. Messages must come in order. */
    public List<Transmission> pass(Transmission message) {
        Instant at = message.report().observedAt();
        List<Transmission> passed = List.of(message);
        for (Struck struck : faults.getOrDefault(message.report().sensorId(), List.of())) {
            Optional<Window> window = struck.plan().lastWindow(arrivals, at);
            if (window.isPresent()) {
                passed = pass(passed, struck.fault(), window.get(), at);
            }
        }
        return passed;
    }

    private static List<Transmission> pass(List<Transmission> messages, Fault fault, Window window, Instant at) {
        List<Transmission> passed = new ArrayList<>();
        for (Transmission message : messages) {
            passed.addAll(window.contains(at) ? fault.inForce(message, window) : fault.afterwards(message, window));
        }
        return passed;
    }

    /** What came into force before a moment and goes on at it. */
    public List<Outbreak> goingOn(Instant at) {
        return outbreaks(
                at,
                window -> window.start().isBefore(at)
                        && (window.end() == null || window.end().isAfter(at)));
    }

    /** What came into force after one moment and up to another. */
    public List<Outbreak> outbreaks(Instant after, Instant to) {
        return outbreaks(to, window -> !window.start().isBefore(after));
    }

    private List<Outbreak> outbreaks(Instant at, Predicate<Window> wanted) {
        List<Outbreak> outbreaks = new ArrayList<>();
        for (Strike strike : strikes) {
            strike.plan()
                    .lastWindow(arrivals, at)
                    .filter(wanted)
                    .ifPresent(window -> strike.sensorIds()
                            .forEach(id ->
                                    outbreaks.add(new Outbreak(strike.plan().name(), id, window))));
        }
        return outbreaks;
    }
}
