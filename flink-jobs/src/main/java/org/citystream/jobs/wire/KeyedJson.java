package org.citystream.jobs.wire;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** A record on its way to a topic: key, and a JSON document. */
@TypeInfo(KeyedJsonCodec.class)
public record KeyedJson(String key, byte[] json) {

    @Override
    public String toString() {
        return key + "=" + new String(json, StandardCharsets.UTF_8);
    }
}
