/** Connections between services that can be made to fail. */
@NullMarked
package org.citystream.stack.line;

import org.jspecify.annotations.NullMarked;
