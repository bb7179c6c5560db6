/** Silences: what is not told for a while, such as planned road works. */
@NullMarked
package org.citystream.alerting.silence;

import org.jspecify.annotations.NullMarked;
