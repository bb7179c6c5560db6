/** Rules and registry: read whole before the first decision, then followed. */
@NullMarked
package org.citystream.jobs.control;

import org.jspecify.annotations.NullMarked;
