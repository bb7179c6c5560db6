/** What happens in the city: demand, accidents, and the truth about them. */
@NullMarked
package org.citystream.simulator.scenario;

import org.jspecify.annotations.NullMarked;
