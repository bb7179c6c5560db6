package org.citystream.alerting.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.citystream.model.wire.StorableText;

/** Where a page ends: a time and an id, opaque to clients. */
record Cursor(Instant at, String id) {

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException if it is not one of ours */
    static Cursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
            if (parts.length == 2 && StorableText.isStorable(parts[1])) {
                return new Cursor(Instant.parse(parts[0]), parts[1]);
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    static ProblemException unreadable() {
        return new ProblemException(400, "cursor: take it unchanged from 'next' of the page before");
    }
}
