/** Messages the gateway could not take: why, what they were, and sending them again. */
@NullMarked
package org.citystream.stack.rejected;

import org.jspecify.annotations.NullMarked;
