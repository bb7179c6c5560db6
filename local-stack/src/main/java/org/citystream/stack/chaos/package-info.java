/**
 * Breaking a running pipeline on purpose: which faults come, what they are done to, how recovery is known, and what it all
 * amounts to.
 */
@NullMarked
package org.citystream.stack.chaos;

import org.jspecify.annotations.NullMarked;
