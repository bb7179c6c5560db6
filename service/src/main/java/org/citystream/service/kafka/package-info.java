/** Kafka client settings and whole-topic reading. */
@NullMarked
package org.citystream.service.kafka;

import org.jspecify.annotations.NullMarked;
