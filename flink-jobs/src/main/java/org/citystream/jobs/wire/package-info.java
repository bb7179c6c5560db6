/** What flows through the jobs: readings as they came, and documents on their way out. */
@NullMarked
package org.citystream.jobs.wire;

import org.jspecify.annotations.NullMarked;
