/** Liveness, readiness with reasons, and metrics over HTTP. */
@NullMarked
package org.citystream.service.health;

import org.jspecify.annotations.NullMarked;
