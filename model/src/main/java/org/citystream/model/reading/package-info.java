/** Readings as they travel on Kafka: what a sensor observed, and when it arrived. */
@NullMarked
package org.citystream.model.reading;

import org.jspecify.annotations.NullMarked;
