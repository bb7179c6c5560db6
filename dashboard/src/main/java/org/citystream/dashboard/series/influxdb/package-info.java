/** Time series from InfluxDB 1, 2 or 3, by InfluxQL over {@code /query}: the one language that all of them speak. */
@NullMarked
package org.citystream.dashboard.series.influxdb;

import org.jspecify.annotations.NullMarked;
