package org.citystream.benchmarks.pipeline;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Slowdown;
import org.citystream.benchmarks.harness.Workload;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.jobs.wire.ReadingParser;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.Topics;

/** The least that any job over readings must do: a plain consumer, one thread, the job's own parser, nothing kept. */
public final class ConsumeAndParse implements Workload {
    private final ReadingParser parser = new ReadingParser(ReadingFormat.TRAFFIC);
    private long discarded;

    @Override
    public Sample run(Parameters parameters) throws Exception {
        long readings = parameters.number(TrafficRun.READINGS);
        long warmUp = parameters.number(TrafficRun.WARM_UP);
        Slowdown slowdown = parameters.slowdown();
        CountPerMinute counts = new CountPerMinute();
        try (TopicReader reader = new TopicReader(parameters.text(TrafficRun.KAFKA), Topics.READINGS_TRAFFIC.name())) {
            reader.seekToBeginning();
            long seen = 0;
            long from = 0;
            while (seen < readings) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    Reading reading = parse(record);
                    discarded ^= reading.observedAt();
                    if (!reading.isTick()) {
                        slowdown.spend();
                        seen++;
                        if (seen == warmUp) {
                            from = CpuClock.processNanos();
                        }
                        if (parameters.isCheck()) {
                            counts.add(segmentOf(reading.sensorId()), reading.observedAt());
                        }
                    }
                }
            }
            long cpu = CpuClock.processNanos() - from;
            return parameters.isCheck()
                    ? Sample.checked(counts.digest())
                    : new Sample(readings - warmUp, cpu, "", Map.of("discarded", (double) discarded));
        }
    }

    private Reading parse(ConsumerRecord<byte[], byte[]> record) throws Exception {
        boolean tick = record.key() == null && record.headers().lastHeader(ClockTick.HEADER) != null;
        return tick ? parser.tick(record.value()) : parser.reading(record.value());
    }

    private static String segmentOf(String sensorId) {
        return sensorId.replace("loop-", "segment-");
    }
}
