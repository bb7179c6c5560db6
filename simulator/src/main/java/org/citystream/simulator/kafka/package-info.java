/** The deployment's registry and clock, as the simulator writes and reads them. */
@NullMarked
package org.citystream.simulator.kafka;

import org.jspecify.annotations.NullMarked;
