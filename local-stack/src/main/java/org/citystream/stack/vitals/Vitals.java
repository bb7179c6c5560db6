package org.citystream.stack.vitals;

import java.time.Instant;

/**
 * What a Java process holds, with its garbage just collected.
 *
 * @param pid another one than before: the process was started again meanwhile
 * @param heapBytes in use after the collection
 * @param openFiles file descriptors, sockets among them
 */
public record Vitals(Instant at, String service, long pid, long heapBytes, int threads, long openFiles) {}
