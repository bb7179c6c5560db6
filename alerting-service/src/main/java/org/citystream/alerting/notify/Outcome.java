package org.citystream.alerting.notify;

/** What came of an attempt at a claimed delivery, and what follows from it. */
public record Outcome(Delivery delivery, Attempt attempt, Verdict verdict) {}
