/** The rules' versioned log, of which this service is the only writer. */
@NullMarked
package org.citystream.alerting.rule;

import org.jspecify.annotations.NullMarked;
