/** The alerting service and the log of a webhook receiver, as the audit reads them. */
@NullMarked
package org.citystream.audit.source;

import org.jspecify.annotations.NullMarked;
