/** Rules as versioned data: what to look for, where, when and how severe it is. */
@NullMarked
package org.citystream.model.rule;

import org.jspecify.annotations.NullMarked;
