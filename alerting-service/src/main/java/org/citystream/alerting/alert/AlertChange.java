package org.citystream.alerting.alert;

import java.time.Instant;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;

/**
 * One step in an alert's life.
 *
 * @param sequence the alert's sequence number after it
 * @param previous what was recorded before; absent for the first change
 * @param told whether endpoints are notified, or the change is only recorded
 * @param at event time; for acts of people wall clock
 */
public record AlertChange(
        ChangeType type, int sequence, @Nullable CityEvent previous, boolean told, Instant at) {}
