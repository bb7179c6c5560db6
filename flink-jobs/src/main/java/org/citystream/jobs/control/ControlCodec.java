package org.citystream.jobs.control;

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

/** Controls on their way between tasks. */
public final class ControlCodec extends TypeInfoFactory<Control> implements Codec<Control> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public TypeInformation<Control> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return new CodecType<>(Control.class, this);
    }

    @Override
    public void write(Control value, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Codecs.writeText(out, value.kind().name());
        Codecs.writeText(out, value.key());
        Codecs.writeBytes(out, value.json());
        out.writeLong(value.since());
    }

    @Override
    public Control read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "control");
        return new Control(
                Control.Kind.valueOf(Codecs.readText(in)), Codecs.readText(in), Codecs.readBytes(in), in.readLong());
    }

    /** Nobody changes the bytes. */
    @Override
    public Control copy(Control value) {
        return value;
    }
}
