@NullMarked
package org.citystream.gateway.mqtt;

import org.jspecify.annotations.NullMarked;
