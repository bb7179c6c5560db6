/** Failures that people can do something about. */
@NullMarked
package org.citystream.stack.failure;

import org.jspecify.annotations.NullMarked;
