/** The guarantee that results do not depend on arrival, over the topologies that the jobs run. */
@NullMarked
package org.citystream.jobs.arrival;

import org.jspecify.annotations.NullMarked;
