@org.jspecify.annotations.NullMarked
package org.citystream.jobs.savepoint;
