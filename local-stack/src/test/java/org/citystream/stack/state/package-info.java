@NullMarked
package org.citystream.stack.state;

import org.jspecify.annotations.NullMarked;
