/** The whole stack as its users meet it, and the rules that keep the structure. */
@NullMarked
package org.citystream.endtoend;

import org.jspecify.annotations.NullMarked;
