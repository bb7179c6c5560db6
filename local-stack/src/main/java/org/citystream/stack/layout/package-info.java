/** Where things are: the checkout's jars, the data directory, the ports. */
@NullMarked
package org.citystream.stack.layout;

import org.jspecify.annotations.NullMarked;
