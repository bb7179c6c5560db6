/**
 * Fixtures shared by the tests of all modules: real servers, started once per JVM on free ports, and recorded data. A module
 * declares the server libraries of the extensions it uses.
 */
@NullMarked
package org.citystream.testsupport;

import org.jspecify.annotations.NullMarked;
