/** Foreign formats in which sensors of the simulated city may speak, as the gateway's documentation describes them. */
@NullMarked
package org.citystream.simulator.format;

import org.jspecify.annotations.NullMarked;
