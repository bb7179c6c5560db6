/** The fold over panes as one Flink operator with keyed state and timers, without Kafka and cluster around it. */
@NullMarked
package org.citystream.benchmarks.fold;

import org.jspecify.annotations.NullMarked;
