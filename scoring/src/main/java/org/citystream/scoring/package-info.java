/** Detection judged by numbers: what was decided over a recording, held against what is known to have happened. */
@NullMarked
package org.citystream.scoring;

import org.jspecify.annotations.NullMarked;
