/** Summaries per segment and minute, per station and hour, and sensor health. */
@NullMarked
package org.citystream.model.summary;

import org.jspecify.annotations.NullMarked;
