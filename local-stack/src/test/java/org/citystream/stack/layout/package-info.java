@NullMarked
package org.citystream.stack.layout;

import org.jspecify.annotations.NullMarked;
