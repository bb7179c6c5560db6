@NullMarked
package org.citystream.gateway.forward;

import org.jspecify.annotations.NullMarked;
