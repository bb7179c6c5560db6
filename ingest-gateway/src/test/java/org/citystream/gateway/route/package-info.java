@NullMarked
package org.citystream.gateway.route;

import org.jspecify.annotations.NullMarked;
