package org.citystream.model.event;

import org.citystream.model.rule.RuleMode;

/** The very version of the rule that decided an event. */
public record RuleReference(String id, int version, String hash, RuleMode mode) {}
