/** Inputs that fuzzing found or starts from, tried again without it. */
@NullMarked
package org.citystream.testsupport.fuzz;

import org.jspecify.annotations.NullMarked;
