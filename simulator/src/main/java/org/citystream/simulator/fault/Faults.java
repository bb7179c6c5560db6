package org.citystream.simulator.fault;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of faults by name. */
public final class Faults {
    private static final Map<String, Function<String, ?>> NONE = Map.of();
    private static final Map<String, Function<String, ?>> BY_NUMBER = Map.of("by", Double::valueOf);
    private static final Map<String, Function<String, ?>> BY_TIME = Map.of("by", Duration::parse);

    private static final List<FaultKind> ALL = List.of(
            new FaultKind("silent", "says nothing (rate below 1: loses messages)", 1, NONE, Silent::new),
            new FaultKind("stuck", "repeats what it measured first", 1, NONE, Stuck::new),
            new FaultKind("spike", "now and then a value is BY times too high (8)", 0.05, BY_NUMBER, Spike::new),
            new FaultKind("drift", "values grow by the share BY an hour (0.1)", 1, BY_NUMBER, Drift::new),
            new FaultKind("saturation", "the instrument stands at its stop", 1, NONE, Saturation::new),
            new FaultKind("offset", "values are BY noticeable errors too high (2)", 1, BY_NUMBER, Offset::new),
            new FaultKind("noise", "values scatter by BY noticeable errors (1.5)", 1, BY_NUMBER, Noise::new),
            new FaultKind(
                    "clock-skew",
                    "its clock is BY ahead (PT15M; negative: behind) or stands TO 1970 or 2106",
                    1,
                    Map.of("by", Duration::parse, "to", String::valueOf),
                    ClockSkew::new),
            new FaultKind(
                    "late-batch",
                    "keeps messages and uploads them every HOLD (default: at the end of the fault, else PT1H)",
                    1,
                    Map.of("hold", Duration::parse),
                    LateBatch::new),
            new FaultKind("out-of-order", "messages are up to BY late (PT5M)", 0.4, BY_TIME, OutOfOrder::new),
            new FaultKind("duplicates", "messages come again up to BY later (PT30S)", 0.2, BY_TIME, Duplicates::new),
            new FaultKind("malformed", "payloads are damaged in one of nine ways", 0.2, NONE, Malformed::new),
            new FaultKind("wrong-unit", "reports mph, mg/m³, ppb, ppm, °F, percent, km/h", 1, NONE, WrongUnit::new),
            new FaultKind("identity-clash", "a second device uses its id", 1, NONE, IdentityClash::new),
            new FaultKind(
                    "reboot",
                    "starts anew: BY of silence (PT2M), another boot id, sequence from 0",
                    1,
                    false,
                    BY_TIME,
                    Reboot::new),
            new FaultKind(
                    "burst",
                    "sends TIMES messages (20) for one, each of a part of the period",
                    1,
                    Map.of("times", Integer::valueOf),
                    Burst::new),
            new FaultKind(
                    "slow-start",
                    "comes up slowly: hardly a message at first, all BY later (PT30M)",
                    1,
                    false,
                    BY_TIME,
                    SlowStart::new));

    private Faults() {}

    public static List<String> names() {
        return ALL.stream().map(FaultKind::name).toList();
    }

    /** One line for people on each kind, {@code name  what it does}. */
    public static List<String> descriptions() {
        return ALL.stream()
                .map(kind -> String.format(Locale.ROOT, "%-14s  %s", kind.name(), kind.description()))
                .toList();
    }

    /** @throws IllegalArgumentException naming the known ones, if there is none of this name */
    static FaultKind named(String name) {
        return ALL.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault '" + name + "'; there are "
                        + ALL.stream().map(FaultKind::name).collect(Collectors.joining(", "))));
    }
}
