/** Units of measurement as the field writes them, and the one place that converts between them. */
@NullMarked
package org.citystream.model.unit;

import org.jspecify.annotations.NullMarked;
