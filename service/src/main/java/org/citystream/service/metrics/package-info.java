/** The Prometheus registry. */
@NullMarked
package org.citystream.service.metrics;

import org.jspecify.annotations.NullMarked;
