@NullMarked
package org.citystream.gateway.clock;

import org.jspecify.annotations.NullMarked;
