/** The record of what runs: which stacks, which services of each, which processes. */
@NullMarked
package org.citystream.stack.state;

import org.jspecify.annotations.NullMarked;
