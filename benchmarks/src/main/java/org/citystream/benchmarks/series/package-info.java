/** How quickly the dashboard answers out of a time-series store that holds much. */
@NullMarked
package org.citystream.benchmarks.series;

import org.jspecify.annotations.NullMarked;
