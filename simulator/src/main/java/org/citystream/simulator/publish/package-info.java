/** Readings and the clock on their way to the MQTT broker, in event-time order and none lost. */
@NullMarked
package org.citystream.simulator.publish;

import org.jspecify.annotations.NullMarked;
