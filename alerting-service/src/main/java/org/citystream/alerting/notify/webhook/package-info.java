/** Standard Webhooks 1.0: body, signature, and a client that reaches only addresses it may. */
@NullMarked
package org.citystream.alerting.notify.webhook;

import org.jspecify.annotations.NullMarked;
