/**
 * Random cities, and random ways in which their readings can arrive: what tests of the guarantee "results do not depend
 * on arrival" are made of. Everything is drawn from one seed.
 */
@NullMarked
package org.citystream.testsupport.arrival;

import org.jspecify.annotations.NullMarked;
