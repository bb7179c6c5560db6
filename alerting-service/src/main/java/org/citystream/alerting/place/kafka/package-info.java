/** Places from the sensor registry on Kafka. */
@NullMarked
package org.citystream.alerting.place.kafka;

import org.jspecify.annotations.NullMarked;
