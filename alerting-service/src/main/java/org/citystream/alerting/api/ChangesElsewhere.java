package org.citystream.alerting.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.citystream.alerting.alert.Alerts;
import org.citystream.alerting.alert.Alerts.Recorded;

/**
 * Carries to the stream what other instances have changed. Reads the history and not PostgreSQL's notifications: those would
 * have every commit wait for every other. Used by one thread.
 */
public final class ChangesElsewhere {
    /** Entries are numbered when they are written and seen when they are committed: a later one may be seen first. */
    private static final Duration OVERTAKING = Duration.ofSeconds(10);

    private static final int PAGE = 2_000;
    private static final long UNKNOWN = -1;

    private final Alerts alerts;
    private final AlertStream stream;
    private final InstantSource clock;
    private long readUpTo = UNKNOWN;

    /** @param clock wall clock */
    public ChangesElsewhere(Alerts alerts, AlertStream stream, InstantSource clock) {
        this.alerts = alerts;
        this.stream = stream;
        this.clock = clock;
    }

    /** Reads on; while nobody listens there is nothing to read. */
    public void follow() {
        stream.dropStuck();
        if (!stream.hasClients()) {
            readUpTo = UNKNOWN;
        } else if (readUpTo == UNKNOWN) {
            readUpTo = alerts.lastRecorded();
        } else {
            read();
        }
    }

    private void read() {
        Instant settled = clock.instant().minus(OVERTAKING);
        List<Recorded> page = alerts.recordedAfter(readUpTo, PAGE);
        for (Recorded change : page) {
            stream.recorded(change, alerts);
            if (change.recordedAt().isBefore(settled) || page.size() == PAGE) {
                readUpTo = change.entry();
            }
        }
    }
}
