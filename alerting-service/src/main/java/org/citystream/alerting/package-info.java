/** From city events to alerts that people are told about: wiring and configuration of the alerting service. */
@NullMarked
package org.citystream.alerting;

import org.jspecify.annotations.NullMarked;
