package org.citystream.alerting.access;

import java.time.Instant;

/**
 * A token as it is kept: its secret is known to its owner alone.
 *
 * @param hash of the secret
 * @param createdBy name of the caller who made it
 */
public record Token(String id, String name, Role role, String hash, String createdBy, Instant createdAt) {}
