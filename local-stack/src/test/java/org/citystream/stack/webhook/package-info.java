@NullMarked
package org.citystream.stack.webhook;

import org.jspecify.annotations.NullMarked;
