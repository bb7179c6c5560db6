/** The kernel's binary forms as Flink's serializers: for state, and for records between tasks. */
@NullMarked
package org.citystream.jobs.codec;

import org.jspecify.annotations.NullMarked;
