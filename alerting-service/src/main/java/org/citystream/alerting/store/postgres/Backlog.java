package org.citystream.alerting.store.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the outbox for enabled endpoints.
 *
 * @param oldest when the oldest was put there; absent if nothing waits
 */
public record Backlog(long waiting, @Nullable Instant oldest) {}
