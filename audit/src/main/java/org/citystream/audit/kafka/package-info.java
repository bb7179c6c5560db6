/** The topics of a deployment, read whole. */
@NullMarked
package org.citystream.audit.kafka;

import org.jspecify.annotations.NullMarked;
