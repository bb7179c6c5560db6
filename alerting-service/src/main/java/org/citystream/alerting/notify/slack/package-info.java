/** Incoming webhooks of Slack and of what is compatible with it. */
@NullMarked
package org.citystream.alerting.notify.slack;

import org.jspecify.annotations.NullMarked;
