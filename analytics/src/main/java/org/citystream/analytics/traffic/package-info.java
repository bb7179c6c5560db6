/** Traffic measures, free-flow speed, level of service, and the fold of a road segment. */
@NullMarked
package org.citystream.analytics.traffic;

import org.jspecify.annotations.NullMarked;
