/** Who is told of an alert and when: the routing tree, its time intervals, and why a route was taken. Pure. */
@NullMarked
package org.citystream.alerting.route;

import org.jspecify.annotations.NullMarked;
