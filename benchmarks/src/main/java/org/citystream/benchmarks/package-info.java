/** Benchmarks: each a program that compares two ways of doing the same work, by CPU time. */
@NullMarked
package org.citystream.benchmarks;

import org.jspecify.annotations.NullMarked;
