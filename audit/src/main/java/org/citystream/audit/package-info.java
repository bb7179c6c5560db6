/** {@code ./city verify}: what a source has sent, held against what every stage has of it. */
@NullMarked
package org.citystream.audit;

import org.jspecify.annotations.NullMarked;
