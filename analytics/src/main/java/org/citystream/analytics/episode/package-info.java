/** Episodes: hysteresis and dwell, one state machine for every rule kind. */
@NullMarked
package org.citystream.analytics.episode;

import org.jspecify.annotations.NullMarked;
