/** What the jobs read from Kafka and write to it. */
@NullMarked
package org.citystream.jobs.kafka;

import org.jspecify.annotations.NullMarked;
