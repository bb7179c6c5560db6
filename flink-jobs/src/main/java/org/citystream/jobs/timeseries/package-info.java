/** Summaries, events and sensor health into the time-series store, in InfluxDB line protocol. */
@NullMarked
package org.citystream.jobs.timeseries;

import org.jspecify.annotations.NullMarked;
