/** What all benchmarks share: runs in JVMs of their own that take turns, CPU time, controls, tables. */
@NullMarked
package org.citystream.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
