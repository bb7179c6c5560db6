/** How the deployment itself is doing: what its services and jobs say of themselves. */
@NullMarked
package org.citystream.dashboard.system;

import org.jspecify.annotations.NullMarked;
