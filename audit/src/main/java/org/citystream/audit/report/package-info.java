/** What the audit found, for people and programs. */
@NullMarked
package org.citystream.audit.report;

import org.jspecify.annotations.NullMarked;
