/** The environment every job runs in. */
@NullMarked
package org.citystream.jobs.runtime;

import org.jspecify.annotations.NullMarked;
