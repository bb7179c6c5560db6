/** What became of rules and sensors, line by line, for people. */
@NullMarked
package org.citystream.stack.report;

import org.jspecify.annotations.NullMarked;
