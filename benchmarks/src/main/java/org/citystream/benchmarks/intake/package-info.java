/** From MQTT to Kafka: the gateway beside a subscriber that does nothing, and beside an Apache Camel route. */
@NullMarked
package org.citystream.benchmarks.intake;

import org.jspecify.annotations.NullMarked;
