/** The traffic job between two Kafka topics, against a consumer that only parses. */
@NullMarked
package org.citystream.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
