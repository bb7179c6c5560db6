@NullMarked
package org.citystream.gateway;

import org.jspecify.annotations.NullMarked;
