/** What a sensor's own readings say of its health: silent, stuck, implausible; and how far to trust it. */
@NullMarked
package org.citystream.analytics.sensortrust;

import org.jspecify.annotations.NullMarked;
