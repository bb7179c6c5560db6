/** Cities as they are planned: read from files, generated, varied by a seed, and built. */
@NullMarked
package org.citystream.simulator.plan;

import org.jspecify.annotations.NullMarked;
