package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The sensor keeps what it measures, with its true times, and uploads it all at once, in order. */
final class LateBatch implements Fault {
    private static final Duration BETWEEN_UPLOADS = Duration.ofHours(1);
    private static final Duration CONNECTED_AGAIN = Duration.ofSeconds(5);
    /** The habits of sensors differ: all are back within this time. */
    private static final double SPREAD_MILLIS = 20_000;

    private static final long MESSAGE_MILLIS = 20;

    private final FaultSettings settings;

    LateBatch(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        if (!settings.strikes(message)) {
            return List.of(message);
        }
        Instant upload = upload(message.report().observedAt(), window);
        long periods =
                Duration.between(window.start(), message.report().observedAt()).toSeconds()
                        / message.report().periodSeconds();
        double millis = SPREAD_MILLIS * settings.draws().uniform(0) + periods * MESSAGE_MILLIS;
        Instant sentAt = upload.plus(CONNECTED_AGAIN).plusMillis(Math.round(millis));
        return List.of(sentAt.isAfter(message.sentAt()) ? message.at(sentAt) : message);
    }

    private Instant upload(Instant observedAt, Window window) {
        Instant end = window.end();
        if (end != null && !settings.parameters().containsKey("hold")) {
            return end;
        }
        Duration hold = settings.duration("hold", BETWEEN_UPLOADS);
        long uploads =
                Duration.between(window.start(), observedAt).minusNanos(1).dividedBy(hold);
        Instant next = window.start().plus(hold.multipliedBy(uploads + 1));
        return end != null && next.isAfter(end) ? end : next;
    }
}
