@NullMarked
package org.citystream.stack;

import org.jspecify.annotations.NullMarked;
