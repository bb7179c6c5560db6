/** The time-series store, asked how many points it has. */
@NullMarked
package org.citystream.audit.store;

import org.jspecify.annotations.NullMarked;
