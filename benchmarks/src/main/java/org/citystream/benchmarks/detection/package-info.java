/** Detection judged on simulated corridors of which no two are alike. */
@NullMarked
package org.citystream.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
