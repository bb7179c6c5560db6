/** Alerts, outbox, endpoints and offsets in PostgreSQL. */
@NullMarked
package org.citystream.alerting.store.postgres;

import org.jspecify.annotations.NullMarked;
