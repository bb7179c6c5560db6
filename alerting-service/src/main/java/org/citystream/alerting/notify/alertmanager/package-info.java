/** The webhook body of Alertmanager, for receivers that were written for it. */
@NullMarked
package org.citystream.alerting.notify.alertmanager;

import org.jspecify.annotations.NullMarked;
