/** Where things are: the checkout's jars, the data directory, the ports, the record of what runs. */
@NullMarked
package org.citystream.stack.layout;

import org.jspecify.annotations.NullMarked;
