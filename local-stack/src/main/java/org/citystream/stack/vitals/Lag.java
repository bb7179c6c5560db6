package org.citystream.stack.vitals;

import java.time.Instant;

/**
 * How far a job was behind.
 *
 * @param pendingRecords of its topics in Kafka, which it has not read yet
 */
public record Lag(Instant at, String job, long pendingRecords) {}
