/** What an alert is: one thing people are told about, from its opening to its end. */
@NullMarked
package org.citystream.alerting.alert;

import org.jspecify.annotations.NullMarked;
