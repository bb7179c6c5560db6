/** The catalogue of time-series measurements. */
@NullMarked
package org.citystream.model.series;

import org.jspecify.annotations.NullMarked;
