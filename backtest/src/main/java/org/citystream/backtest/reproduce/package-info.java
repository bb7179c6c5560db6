/** Single events decided again. */
@NullMarked
package org.citystream.backtest.reproduce;

import org.jspecify.annotations.NullMarked;
