@NullMarked
package org.citystream.stack.chaos;

import org.jspecify.annotations.NullMarked;
