@NullMarked
package org.citystream.embedded;

import org.jspecify.annotations.NullMarked;
