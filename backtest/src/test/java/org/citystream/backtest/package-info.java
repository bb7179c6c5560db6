@NullMarked
package org.citystream.backtest;

import org.jspecify.annotations.NullMarked;
