/** The outbox: who is told, when it is tried again, and in which order. */
@NullMarked
package org.citystream.alerting.notify;

import org.jspecify.annotations.NullMarked;
