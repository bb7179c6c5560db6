@NullMarked
package org.citystream.stack.rejected;

import org.jspecify.annotations.NullMarked;
