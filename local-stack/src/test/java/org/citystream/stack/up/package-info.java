@org.jspecify.annotations.NullMarked
package org.citystream.stack.up;
