package org.citystream.benchmarks.fold;

import java.util.function.Consumer;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Hands an operator's records to whoever wants them, and drops what is addressed to sides. */
public record Emitted<T>(Consumer<T> main) implements Output<StreamRecord<T>> {

    @Override
    public void collect(StreamRecord<T> record) {
        main.accept(record.getValue());
    }

    @Override
    public <X> void collect(OutputTag<X> side, StreamRecord<X> record) {
        // Events and parts are work of the operator, but not what is compared.
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void emitWatermark(WatermarkEvent watermark) {}

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {}

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {}

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {}

    @Override
    public void close() {}
}
