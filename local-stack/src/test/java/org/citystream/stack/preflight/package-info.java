@NullMarked
package org.citystream.stack.preflight;

import org.jspecify.annotations.NullMarked;
