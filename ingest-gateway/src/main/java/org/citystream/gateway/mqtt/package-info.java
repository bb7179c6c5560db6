/** The MQTT side: one persistent session, acknowledged by hand, in order. The only package that knows Paho. */
@NullMarked
package org.citystream.gateway.mqtt;

import org.jspecify.annotations.NullMarked;
