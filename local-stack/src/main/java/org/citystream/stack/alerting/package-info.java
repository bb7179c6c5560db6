/** The alerting service's HTTP API, as the commands use it. */
@NullMarked
package org.citystream.stack.alerting;

import org.jspecify.annotations.NullMarked;
