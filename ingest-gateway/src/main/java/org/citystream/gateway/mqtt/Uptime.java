package org.citystream.gateway.mqtt;

import java.util.concurrent.TimeUnit;

/** Milliseconds since some moment: unlike the wall clock nobody sets them forth or back. For waiting, not for telling. */
final class Uptime {
    private Uptime() {}

    static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
