/** What the chart and its companions promise, without a cluster. */
@NullMarked
package org.citystream.helm;

import org.jspecify.annotations.NullMarked;
