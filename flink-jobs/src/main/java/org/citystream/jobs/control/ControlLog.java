package org.citystream.jobs.control;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The versioned logs of rules and registry. Operators read them whole when they open, also on restore, so that the first
 * reading meets all that holds; a stream brings what comes later. None of it is checkpointed.
 */
public interface ControlLog extends Serializable {

    /** Everything up to the current end. Blocks; called once as an operator opens. */
    List<Control> readToEnd();

    /**
     * Whether anything may be appended while the job runs. Of bounded input it is not: input that ended before the followed
     * log had its first watermark would end before time had begun, and nothing would be decided.
     */
    default boolean isFollowed() {
        return true;
    }

    /** Everything, and what is appended later, with a watermark that never holds time back. */
    DataStream<Control> follow(StreamExecutionEnvironment env);
}
