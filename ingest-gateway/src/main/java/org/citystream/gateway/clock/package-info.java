/** What the deployment calls now, and since when its intake has been uninterrupted. Pure. */
@NullMarked
package org.citystream.gateway.clock;

import org.jspecify.annotations.NullMarked;
