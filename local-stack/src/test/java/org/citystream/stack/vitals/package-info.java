@NullMarked
package org.citystream.stack.vitals;

import org.jspecify.annotations.NullMarked;
