/** What can go wrong, told so that people can do something about it. */
@NullMarked
package org.citystream.backtest.failure;

import org.jspecify.annotations.NullMarked;
