package org.citystream.simulator.city;

import java.util.Locale;

/** Boot ids that stay the same over restarts of the simulator: its sensors count on, as theirs is the clock's count. */
final class BootId {
    private BootId() {}

    static String of(String sensorId) {
        long bits = Draws.of(0).stream("boot").stream(sensorId).bits(0);
        return String.format(Locale.ROOT, "%04x", bits & 0xFFFF);
    }
}
