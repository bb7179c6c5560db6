/** How clients reach the MQTT broker, whichever library they speak with. */
@NullMarked
package org.citystream.service.mqtt;

import org.jspecify.annotations.NullMarked;
