/** Kafka topics made what the catalogue says. */
@NullMarked
package org.citystream.stack.topic;

import org.jspecify.annotations.NullMarked;
