/** What services tell as it happens. */
@NullMarked
package org.citystream.service.live;

import org.jspecify.annotations.NullMarked;
