package org.citystream.jobs.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.jobs.codec.CodecType;

/** Records for a topic on their way between tasks. */
public final class KeyedJsonCodec extends TypeInfoFactory<KeyedJson> implements Codec<KeyedJson> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public TypeInformation<KeyedJson> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return new CodecType<>(KeyedJson.class, this);
    }

    @Override
    public void write(KeyedJson value, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Codecs.writeText(out, value.key());
        Codecs.writeBytes(out, value.json());
    }

    @Override
    public KeyedJson read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "record");
        return new KeyedJson(Codecs.readText(in), Codecs.readBytes(in));
    }

    /** Nobody changes the bytes. */
    @Override
    public KeyedJson copy(KeyedJson value) {
        return value;
    }
}
