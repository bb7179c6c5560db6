/** The time kernel: panes of fixed-point sums, folds over them, snapshots and corrections. */
@NullMarked
package org.citystream.analytics.pane;

import org.jspecify.annotations.NullMarked;
