package org.citystream.recordings;

import java.nio.charset.StandardCharsets;
import org.citystream.model.wire.JsonCodec;

/** A recorded reading as the native JSON it stands for. */
final class ReadingJson {
    private ReadingJson() {}

    static String text(RecordedReading reading) {
        Object fields = reading instanceof RecordedReading.Traffic traffic
                ? traffic.reading()
                : ((RecordedReading.Air) reading).reading();
        return new String(JsonCodec.write(fields), StandardCharsets.UTF_8);
    }
}
