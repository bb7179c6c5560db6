/** Rules as a versioned log: which rules decide about a subject, at which time. */
@NullMarked
package org.citystream.analytics.rule;

import org.jspecify.annotations.NullMarked;
