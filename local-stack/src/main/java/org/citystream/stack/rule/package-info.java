/** Files of rules. */
@NullMarked
package org.citystream.stack.rule;

import org.jspecify.annotations.NullMarked;
