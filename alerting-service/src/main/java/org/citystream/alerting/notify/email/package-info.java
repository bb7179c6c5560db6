/** E-mail through an SMTP server. */
@NullMarked
package org.citystream.alerting.notify.email;

import org.jspecify.annotations.NullMarked;
