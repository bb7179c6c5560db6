/** Whether every accepted reading is counted in exactly one window, and every window is in the store. Pure. */
@NullMarked
package org.citystream.audit.window;

import org.jspecify.annotations.NullMarked;
