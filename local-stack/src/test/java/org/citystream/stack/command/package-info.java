@NullMarked
package org.citystream.stack.command;

import org.jspecify.annotations.NullMarked;
