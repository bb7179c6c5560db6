/**
 * Kafka, HiveMQ CE, QuestDB and PostgreSQL inside a Java process, listening on loopback only, with their data on disk, and a
 * TCP line that can be made to fail: for a laptop and for tests. Each class needs its server's library on the class path of
 * the module that uses it.
 */
@NullMarked
package org.citystream.embedded;

import org.jspecify.annotations.NullMarked;
