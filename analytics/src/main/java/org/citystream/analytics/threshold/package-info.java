/** Rules of kind threshold: any metric of a summary, condensed over a window, against a limit. */
@NullMarked
package org.citystream.analytics.threshold;

import org.jspecify.annotations.NullMarked;
