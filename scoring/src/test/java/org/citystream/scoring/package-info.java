@NullMarked
package org.citystream.scoring;

import org.jspecify.annotations.NullMarked;
