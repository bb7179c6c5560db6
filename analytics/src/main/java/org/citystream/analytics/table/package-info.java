/** Tables of published limits that ship as resource files. */
@NullMarked
package org.citystream.analytics.table;

import org.jspecify.annotations.NullMarked;
