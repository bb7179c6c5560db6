package org.citystream.alerting.notify;

/**
 * A message on its way to an endpoint, claimed by this instance.
 *
 * @param webhookId pure function of endpoint, alert and sequence: the same on every attempt
 * @param attempt number of the attempt to be made now, 1, 2, ...
 * @param lease proves the claim; a later claim by somebody else voids it
 */
public record Delivery(String webhookId, Endpoint endpoint, String type, String body, int attempt, long lease) {

    Delivery withBody(String newBody) {
        return new Delivery(webhookId, endpoint, type, newBody, attempt, lease);
    }
}
