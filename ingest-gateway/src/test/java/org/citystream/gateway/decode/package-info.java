@NullMarked
package org.citystream.gateway.decode;

import org.jspecify.annotations.NullMarked;
