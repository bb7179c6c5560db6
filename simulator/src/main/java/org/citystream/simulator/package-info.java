/** A city with known truth, and recordings of real ones, as a deployment's source of readings and clock. */
@NullMarked
package org.citystream.simulator;

import org.jspecify.annotations.NullMarked;
