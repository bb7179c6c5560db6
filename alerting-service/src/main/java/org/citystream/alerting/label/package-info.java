/** What routes, silences and inhibition look at: an alert's labels, and matchers over them. */
@NullMarked
package org.citystream.alerting.label;

import org.jspecify.annotations.NullMarked;
