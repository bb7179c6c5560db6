package org.citystream.stack.flink;

/**
 * An entry of Flink's exception history.
 *
 * @param atMillis epoch ms
 * @param task which task failed, in Flink's words; empty: the job as a whole
 */
record TaskFailure(long atMillis, String task, String stackTrace) {

    /** The cause, and where. */
    String told() {
        String name = task.replaceAll(" - execution #\\d+$", "");
        return (name.isEmpty() ? "" : "task '" + name + "': ") + FailureCause.of(stackTrace);
    }
}
