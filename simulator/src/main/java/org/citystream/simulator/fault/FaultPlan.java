package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.city.SensorPattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault with its rate, targets and schedule, as written {@code silent:share=0.02,from=PT1H,for=PT30M}. Keys: {@code
 * rate} (share of messages), {@code share} (of sensors), {@code sensors} (ids with {@code *}, joined by {@code +}), {@code
 * kind} (traffic, air), {@code from} (offset from the arrival, default PT0S), {@code for} (default: on and on), {@code
 * every} (repeats), and what the kind of fault itself knows.
 */
public final class FaultPlan {
    private static final Set<String> COMMON = Set.of("rate", "share", "sensors", "kind", "from", "for", "every");

    private final String text;
    private final FaultKind kind;
    private final double rate;
    private final Targets targets;
    private final Schedule schedule;
    private final Map<String, String> parameters;

    private FaultPlan(String text, FaultKind kind, Map<String, String> parameters) {
        this.text = text;
        this.kind = kind;
        this.parameters = Map.copyOf(parameters);
        if (parameters.containsKey("rate") && !kind.takesRate()) {
            throw new IllegalArgumentException(
                    "'rate' means nothing to " + kind.name() + ", which strikes all that a sensor says; leave it out");
        }
        this.rate = number("rate", kind.usualRate());
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("'rate' must be above 0 and at most 1 but is " + rate);
        }
        this.targets = new Targets(
                SensorPattern.of(parameters.getOrDefault("sensors", "*")), sensorKind(), number("share", 1));
        Duration from = duration("from");
        this.schedule = new Schedule(from == null ? Duration.ZERO : from, duration("for"), duration("every"));
        kind.parameters().keySet().stream().filter(parameters::containsKey).forEach(this::requireReadable);
        on(Draws.of(0));
    }

    /** @throws IllegalArgumentException saying what is wrong and what there is */
    public static FaultPlan parse(String text) {
        String[] parts = text.split(":", 2);
        FaultKind kind = Faults.named(parts[0].strip());
        Map<String, String> parameters = new LinkedHashMap<>();
        String rest = parts.length == 2 ? parts[1] : "";
        for (String pair : rest.isBlank() ? new String[0] : rest.split(",", -1)) {
            String[] sides = pair.split("=", 2);
            String key = sides[0].strip();
            if (sides.length != 2 || !(COMMON.contains(key) || kind.parameters().containsKey(key))) {
                Set<String> known = new TreeSet<>(COMMON);
                known.addAll(kind.parameters().keySet());
                throw new IllegalArgumentException(
                        "fault '" + text + "': '" + pair + "' is none of its settings " + known + ", as in share=0.02");
            }
            parameters.put(key, sides[1].strip());
        }
        try {
            return new FaultPlan(text, kind, parameters);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException("fault '" + text + "': " + e.getMessage(), e);
        }
    }

    private void requireReadable(String key) {
        Object value = kind.read(key, parameters.getOrDefault(key, ""));
        if (value instanceof Double number && number.isNaN()) {
            throw new IllegalArgumentException("'" + key + "' is not a number");
        }
    }

    private double number(String key, double usual) {
        String given = parameters.get(key);
        return given == null ? usual : Double.parseDouble(given);
    }

    private @Nullable Duration duration(String key) {
        String given = parameters.get(key);
        return given == null ? null : Duration.parse(given);
    }

    private @Nullable SensorKind sensorKind() {
        String given = parameters.get("kind");
        return given == null ? null : SensorKind.valueOf(given.toUpperCase(Locale.ROOT));
    }

    /** Name of the kind of fault, as the cause in the truth file. */
    public String name() {
        return kind.name();
    }

    /** The sensors it strikes, as the seed chooses them. */
    List<String> targets(List<Sensor> sensors, Draws draws) {
        return targets.choose(sensors, draws);
    }

    /** The window in force at a moment, or else the last one before it; empty before the first. */
    Optional<Window> lastWindow(List<Instant> arrivals, Instant at) {
        return schedule.lastWindow(arrivals, at);
    }

    /** The fault on one sensor. */
    Fault on(Draws draws) {
        return kind.on().apply(new FaultSettings(rate, parameters, draws));
    }

    @Override
    public String toString() {
        return text;
    }
}
