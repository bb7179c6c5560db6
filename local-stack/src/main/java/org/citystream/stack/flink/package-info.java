/** The Flink session cluster: its configuration, its REST API, and the jobs on it. */
@NullMarked
package org.citystream.stack.flink;

import org.jspecify.annotations.NullMarked;
