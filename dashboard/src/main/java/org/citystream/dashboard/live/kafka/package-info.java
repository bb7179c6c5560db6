/** Live state from Kafka: followed without a consumer group, nothing is committed. */
@NullMarked
package org.citystream.dashboard.live.kafka;

import org.jspecify.annotations.NullMarked;
