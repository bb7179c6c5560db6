/** What the audit asks over HTTP. */
@NullMarked
package org.citystream.audit.http;

import org.jspecify.annotations.NullMarked;
