/** Clock watermarks and the keyed function that carries the kernel's folds. */
@NullMarked
package org.citystream.jobs.time;

import org.jspecify.annotations.NullMarked;
