/** What is known of the city right now, and telling it to those who watch. */
@NullMarked
package org.citystream.dashboard.live;

import org.jspecify.annotations.NullMarked;
