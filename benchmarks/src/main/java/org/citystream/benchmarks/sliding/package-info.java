/** An hour's aggregates that slide by a minute: through panes, and through Flink's own sliding windows. */
@NullMarked
package org.citystream.benchmarks.sliding;

import org.jspecify.annotations.NullMarked;
