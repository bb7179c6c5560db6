/** What it costs to tell people of alerts, beside Alertmanager. */
@NullMarked
package org.citystream.benchmarks.alerting;

import org.jspecify.annotations.NullMarked;
