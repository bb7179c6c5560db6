/** The city itself: roads and their traffic, weather and air, and what its sensors see of them. */
@NullMarked
package org.citystream.simulator.city;

import org.jspecify.annotations.NullMarked;
