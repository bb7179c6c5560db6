/** What a deployment has in its topics. */
@NullMarked
package org.citystream.backtest.kafka;

import org.jspecify.annotations.NullMarked;
