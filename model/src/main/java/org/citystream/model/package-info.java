/** Contracts shared by all modules. */
@NullMarked
package org.citystream.model;

import org.jspecify.annotations.NullMarked;
