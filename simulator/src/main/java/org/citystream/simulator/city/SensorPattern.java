package org.citystream.simulator.city;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Ids of sensors as people write them: {@code *} stands for any characters, {@code +} joins several. */
public final class SensorPattern {
    private final Pattern ids;

    private SensorPattern(Pattern ids) {
        this.ids = ids;
    }

    public static SensorPattern of(String text) {
        return new SensorPattern(Pattern.compile(Arrays.stream(text.split("\\+"))
                .map(id -> Pattern.quote(id).replace("*", "\\E.*\\Q"))
                .collect(Collectors.joining("|"))));
    }

    public boolean matches(String sensorId) {
        return ids.matcher(sensorId).matches();
    }
}
