/** Rules and clock on their Kafka topics. */
@NullMarked
package org.citystream.alerting.rule.kafka;

import org.jspecify.annotations.NullMarked;
