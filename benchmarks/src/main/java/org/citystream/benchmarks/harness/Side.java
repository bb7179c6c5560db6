package org.citystream.benchmarks.harness;

/**
 * One side of a comparison.
 *
 * @param name for the table
 * @param heapMb of the run's JVM
 */
public record Side(String name, Class<? extends Workload> workload, Parameters parameters, int heapMb) {

    public Side with(String parameter, Object value) {
        return new Side(name, workload, parameters.with(parameter, value), heapMb);
    }

    Side named(String newName) {
        return new Side(newName, workload, parameters, heapMb);
    }
}
