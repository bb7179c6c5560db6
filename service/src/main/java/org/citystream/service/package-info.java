/** How a service process starts, is watched and stops. */
@NullMarked
package org.citystream.service;

import org.jspecify.annotations.NullMarked;
