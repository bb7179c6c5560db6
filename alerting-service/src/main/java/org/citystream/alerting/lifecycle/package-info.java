/** How events move alerts: a pure merge, and the one writer that carries it out. */
@NullMarked
package org.citystream.alerting.lifecycle;

import org.jspecify.annotations.NullMarked;
