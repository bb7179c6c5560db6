/** Formats of messages, and what makes one unacceptable. Pure. */
@NullMarked
package org.citystream.gateway.decode;

import org.jspecify.annotations.NullMarked;
