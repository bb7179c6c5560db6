/** Whether every episode has its alert, and every alert's changes were delivered. Pure. */
@NullMarked
package org.citystream.audit.alert;

import org.jspecify.annotations.NullMarked;
