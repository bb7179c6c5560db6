/**
 * Air quality right to the digit: hourly means, NowCast, the US and the European index, exceedances, and the fold that
 * makes summaries and episodes of them.
 */
@NullMarked
package org.citystream.analytics.airquality;

import org.jspecify.annotations.NullMarked;
