package org.citystream.audit.alert;

import java.time.Instant;
import java.util.List;

/**
 * An alert as the alerting service shows it.
 *
 * @param episodeId episode that it follows now
 * @param resolved whether it is over
 * @param changes what people were told of it
 */
public record KnownAlert(String alertId, String episodeId, boolean resolved, List<Change> changes) {
    public KnownAlert {
        changes = List.copyOf(changes);
    }

    /**
     * One change of an alert.
     *
     * @param recordedAt wall clock
     * @param told whether it was one to tell people about
     */
    public record Change(int sequence, String type, Instant recordedAt, boolean told) {}
}
