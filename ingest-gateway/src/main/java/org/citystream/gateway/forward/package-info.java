/** The Kafka side: records out, dead letters, and what the log remembers of the clock. */
@NullMarked
package org.citystream.gateway.forward;

import org.jspecify.annotations.NullMarked;
