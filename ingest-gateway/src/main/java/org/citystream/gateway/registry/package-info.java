/** The sensors this deployment knows. */
@NullMarked
package org.citystream.gateway.registry;

import org.jspecify.annotations.NullMarked;
