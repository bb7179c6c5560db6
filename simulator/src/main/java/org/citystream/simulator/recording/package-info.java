/** The simulated city written down as a recording, without a broker and as fast as it can be computed. */
@NullMarked
package org.citystream.simulator.recording;

import org.jspecify.annotations.NullMarked;
