/** Bounded runs of the jobs' topologies in this process. */
@NullMarked
package org.citystream.backtest.run;

import org.jspecify.annotations.NullMarked;
