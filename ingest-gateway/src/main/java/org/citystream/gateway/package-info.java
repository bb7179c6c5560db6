/** The ingest gateway: MQTT in, Kafka out, acknowledged only when Kafka has it. */
@NullMarked
package org.citystream.gateway;

import org.jspecify.annotations.NullMarked;
