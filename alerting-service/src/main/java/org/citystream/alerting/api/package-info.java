/** REST: alerts, webhooks, deliveries and rules; errors as RFC 9457 problems. */
@NullMarked
package org.citystream.alerting.api;

import org.jspecify.annotations.NullMarked;
