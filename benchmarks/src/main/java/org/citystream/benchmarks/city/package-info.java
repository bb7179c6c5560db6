/** The city that the benchmarks measure on: the same readings in every run. */
@NullMarked
package org.citystream.benchmarks.city;

import org.jspecify.annotations.NullMarked;
