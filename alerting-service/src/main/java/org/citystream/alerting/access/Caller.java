package org.citystream.alerting.access;

/** Who asks. */
public record Caller(String name, Role role) {}
