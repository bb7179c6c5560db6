/** Who may do what, and a record of who did. */
@NullMarked
package org.citystream.alerting.access;

import org.jspecify.annotations.NullMarked;
