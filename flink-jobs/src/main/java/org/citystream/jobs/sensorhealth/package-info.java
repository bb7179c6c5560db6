/** The sensor-health job. */
@NullMarked
package org.citystream.jobs.sensorhealth;

import org.jspecify.annotations.NullMarked;
