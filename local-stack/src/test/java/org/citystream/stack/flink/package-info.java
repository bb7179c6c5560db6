@NullMarked
package org.citystream.stack.flink;

import org.jspecify.annotations.NullMarked;
