/** Corrections of what low-cost sensors report. */
@NullMarked
package org.citystream.analytics.correction;

import org.jspecify.annotations.NullMarked;
