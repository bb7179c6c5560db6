/** The {@code ./city} command and the main classes of the embedded servers it starts. */
@NullMarked
package org.citystream.stack;

import org.jspecify.annotations.NullMarked;
