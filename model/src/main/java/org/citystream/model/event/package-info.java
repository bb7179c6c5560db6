/** Events the jobs decide: episodes opened, changed and closed, with their evidence. */
@NullMarked
package org.citystream.model.event;

import org.jspecify.annotations.NullMarked;
