/** Topic catalogue and JSON codec: the one place that knows how records look on the wire. */
@NullMarked
package org.citystream.model.wire;

import org.jspecify.annotations.NullMarked;
