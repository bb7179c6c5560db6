/** The sensor registry: where a sensor stands and what it measures. */
@NullMarked
package org.citystream.model.place;

import org.jspecify.annotations.NullMarked;
