@NullMarked
package org.citystream.stack.process;

import org.jspecify.annotations.NullMarked;
