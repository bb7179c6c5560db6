/** Live topics written down as recordings. */
@NullMarked
package org.citystream.simulator.capture;

import org.jspecify.annotations.NullMarked;
