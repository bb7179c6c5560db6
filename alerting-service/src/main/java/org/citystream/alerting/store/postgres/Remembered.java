package org.citystream.alerting.store.postgres;

/** What is read again and again and seldom changes, kept between transactions. */
record Remembered(OpenAlerts openAlerts, KnownSilences silences) {
    Remembered() {
        this(new OpenAlerts(), new KnownSilences());
    }
}
