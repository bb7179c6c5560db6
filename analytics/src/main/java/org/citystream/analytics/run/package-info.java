/** Folds run without an engine: many subjects, their timers, and a clock that the caller moves. */
@NullMarked
package org.citystream.analytics.run;

import org.jspecify.annotations.NullMarked;
