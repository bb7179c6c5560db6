/** The traffic job's computation carried by Kafka Streams instead of Flink: the same kernel, folds, topics and guarantee. */
@NullMarked
package org.citystream.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
