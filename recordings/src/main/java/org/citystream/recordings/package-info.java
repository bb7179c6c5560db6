/** Recordings: readers of public data sets and of the neutral format. */
@NullMarked
package org.citystream.recordings;

import org.jspecify.annotations.NullMarked;
