/** The air-quality job. */
@NullMarked
package org.citystream.jobs.airquality;

import org.jspecify.annotations.NullMarked;
