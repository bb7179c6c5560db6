package org.citystream.jobs.wire;

import java.nio.charset.StandardCharsets;

/** A record on its way to a topic: key, and a JSON document. */
public record KeyedJson(String key, byte[] json) {

    @Override
    public String toString() {
        return key + "=" + new String(json, StandardCharsets.UTF_8);
    }
}
