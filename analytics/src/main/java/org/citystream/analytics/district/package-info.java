/** Districts: neighbouring air stations that are above the same limit or level are one episode. */
@NullMarked
package org.citystream.analytics.district;

import org.jspecify.annotations.NullMarked;
