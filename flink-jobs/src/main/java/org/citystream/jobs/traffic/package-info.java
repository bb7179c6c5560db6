/** The traffic job. */
@NullMarked
package org.citystream.jobs.traffic;

import org.jspecify.annotations.NullMarked;
