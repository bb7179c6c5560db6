/** Events from Kafka into the lifecycle, with their offsets in the same database transaction. */
@NullMarked
package org.citystream.alerting.intake;

import org.jspecify.annotations.NullMarked;
