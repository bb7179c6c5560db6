/** Which format is spoken on which MQTT topic, as the configuration says. */
@NullMarked
package org.citystream.gateway.route;

import org.jspecify.annotations.NullMarked;
