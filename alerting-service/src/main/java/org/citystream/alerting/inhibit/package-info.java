/** Inhibition: an alert that makes others superfluous while it is open. Pure. */
@NullMarked
package org.citystream.alerting.inhibit;

import org.jspecify.annotations.NullMarked;
