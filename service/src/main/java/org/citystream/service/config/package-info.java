/** Typed configuration from environment variables, an optional file and command-line options. */
@NullMarked
package org.citystream.service.config;

import org.jspecify.annotations.NullMarked;
