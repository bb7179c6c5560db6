/** The dashboard over HTTP: the page, its query API, server-sent events. */
@NullMarked
package org.citystream.dashboard.api;

import org.jspecify.annotations.NullMarked;
