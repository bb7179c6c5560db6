/** The sensor registry as a versioned log: what stands where, at which time. */
@NullMarked
package org.citystream.analytics.place;

import org.jspecify.annotations.NullMarked;
