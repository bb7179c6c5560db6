/** Operating-system processes: how each is started, watched, restarted and stopped. */
@NullMarked
package org.citystream.stack.process;

import org.jspecify.annotations.NullMarked;
