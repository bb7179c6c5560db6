package org.citystream.dashboard.api;

import java.time.Duration;

/**
 * Bounds of the live stream.
 *
 * @param clients how many may watch at once
 * @param heartbeat longest silence towards a watcher
 * @param patience how long one write may be stuck before the watcher is dropped
 */
public record LiveLimits(int clients, Duration heartbeat, Duration patience) {
    public static final LiveLimits DEFAULT = new LiveLimits(200, Duration.ofSeconds(10), Duration.ofSeconds(15));
}
