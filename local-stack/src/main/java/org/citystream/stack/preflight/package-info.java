/** What is looked at before anything starts, so that a problem is told with its remedy. */
@NullMarked
package org.citystream.stack.preflight;

import org.jspecify.annotations.NullMarked;
