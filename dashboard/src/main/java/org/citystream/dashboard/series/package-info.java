/** Reading time series: what can be asked, and the port a store implements. */
@NullMarked
package org.citystream.dashboard.series;

import org.jspecify.annotations.NullMarked;
