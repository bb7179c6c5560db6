/** What can be wrong with a sensor, its clock, its identity and its connection. */
@NullMarked
package org.citystream.simulator.fault;

import org.jspecify.annotations.NullMarked;
