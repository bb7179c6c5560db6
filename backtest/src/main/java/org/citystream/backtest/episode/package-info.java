/** Episodes that rules raise, and how those of two rule sets differ. */
@NullMarked
package org.citystream.backtest.episode;

import org.jspecify.annotations.NullMarked;
