/** A local webhook receiver that verifies Standard Webhooks signatures. */
@NullMarked
package org.citystream.stack.webhook;

import org.jspecify.annotations.NullMarked;
