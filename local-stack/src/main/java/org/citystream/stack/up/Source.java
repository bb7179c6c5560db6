package org.citystream.stack.up;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the readings come from.
 *
 * @param arguments of the simulator's process; empty: nothing is started, sensors are expected to send by themselves
 */
public record Source(String description, List<String> arguments) {
    /** The scenario that shows most. */
    public static final String DEFAULT_SCENARIO = "accident";

    /** A simulated city, from 48 h ago as fast as possible, then in real time. */
    public static Source scenario(String name, @Nullable String speed, List<String> city) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "--scenario", name, "--backfill"));
        arguments.addAll(city);
        return new Source("simulated city, scenario " + name, withSpeed(arguments, speed));
    }

    /** A folder of recorded readings. */
    public static Source replay(Path directory, @Nullable String speed) {
        return new Source(
                "replay of " + directory,
                withSpeed(
                        List.of("replay", directory.toAbsolutePath().normalize().toString()), speed));
    }

    public static Source outside() {
        return new Source("sensors from outside", List.of());
    }

    private static List<String> withSpeed(List<String> arguments, @Nullable String speed) {
        List<String> all = new ArrayList<>(arguments);
        if (speed != null) {
            all.add("--speed");
            all.add(speed);
        }
        return all;
    }

    /** The same, with a ledger of every message kept in a folder. */
    public Source withLedger(Path folder) {
        List<String> all = new ArrayList<>(arguments);
        all.add("--ledger");
        all.add(folder.toString());
        return new Source(description, all);
    }

    boolean isOutside() {
        return arguments.isEmpty();
    }
}
