@NullMarked
package org.citystream.testsupport;

import org.jspecify.annotations.NullMarked;
