/** What neighbouring road segments say together: one queue, its head and tail, and what holds it up. */
@NullMarked
package org.citystream.analytics.corridor;

import org.jspecify.annotations.NullMarked;
