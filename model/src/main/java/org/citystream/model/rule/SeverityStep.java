package org.citystream.model.rule;

import org.jspecify.annotations.Nullable;

/**
 * One step of a rule's severity.
 *
 * @param bound value at which the step is reached, in the terms of the rule's condition (a speed ratio that is
 *     undercut, an index level that is reached, a value that is exceeded); absent: the whole episode has this severity
 */
public record SeverityStep(Severity severity, @Nullable Double bound) {}
