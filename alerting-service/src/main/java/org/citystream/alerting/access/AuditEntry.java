package org.citystream.alerting.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that somebody has changed.
 *
 * @param action such as {@code webhook.change}
 * @param target id of what was changed; empty where there is no single one
 * @param request what was asked for, without secrets
 */
public record AuditEntry(Instant at, String by, Role role, String action, String target, JsonNode request) {}
