/** Alerts that are told together: when a group speaks, and about what. Pure. */
@NullMarked
package org.citystream.alerting.group;

import org.jspecify.annotations.NullMarked;
