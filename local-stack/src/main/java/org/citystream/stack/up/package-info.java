/** What {@code ./city up} does: which services there are, how they start together, how they stop. */
@NullMarked
package org.citystream.stack.up;

import org.jspecify.annotations.NullMarked;
