@NullMarked
package org.citystream.stack.line;

import org.jspecify.annotations.NullMarked;
