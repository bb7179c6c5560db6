/** Rules tried on history, and single events decided again, by the topologies of the jobs. */
@NullMarked
package org.citystream.backtest;

import org.jspecify.annotations.NullMarked;
