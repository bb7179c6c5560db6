package org.citystream.benchmarks.pipeline;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Slowdown;
import org.citystream.benchmarks.harness.Workload;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingParser;
import org.citystream.model.reading.ClockTick;

/** The least that any job over readings must do: a plain consumer, one thread, the job's own parser, nothing kept. */
public final class ConsumeAndParse implements Workload {
    private long discarded;

    @Override
    public Sample run(Parameters parameters) throws Exception {
        ReadingsJob job = ReadingsJob.valueOf(parameters.text(PipelineRun.JOB));
        ReadingParser parser = new ReadingParser(job.format());
        long readings = parameters.number(PipelineRun.READINGS);
        long warmUp = parameters.number(PipelineRun.WARM_UP);
        Slowdown slowdown = parameters.slowdown();
        CountPerPane counts = new CountPerPane(job.pane());
        try (TopicReader reader = new TopicReader(
                parameters.text(PipelineRun.KAFKA), job.readings().name())) {
            reader.seekToBeginning();
            long seen = 0;
            long from = 0;
            while (seen < readings) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    Reading reading = parse(parser, record);
                    discarded ^= reading.observedAt();
                    if (!reading.isTick()) {
                        slowdown.spend();
                        seen++;
                        if (seen == warmUp) {
                            from = CpuClock.processNanos();
                        }
                        if (parameters.isCheck()) {
                            counts.add(ReadingsJob.subjectOf(reading.sensorId()), reading.observedAt());
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

    private static Reading parse(ReadingParser parser, ConsumerRecord<byte[], byte[]> record) throws Exception {
        boolean tick = record.key() == null && record.headers().lastHeader(ClockTick.HEADER) != null;
        return tick ? parser.tick(record.value()) : parser.reading(record.value());
    }
}
