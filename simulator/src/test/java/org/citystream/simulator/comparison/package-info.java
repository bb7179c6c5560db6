/** The simulated city beside recordings of real ones: daily and weekly profiles, distributions, charts. */
@NullMarked
package org.citystream.simulator.comparison;

import org.jspecify.annotations.NullMarked;
