/** The dashboard: a page with the city's map, charts and alerts, and the query API it stands on. */
@NullMarked
package org.citystream.dashboard;

import org.jspecify.annotations.NullMarked;
