package org.citystream.stack.chaos;

import java.util.ArrayList;
import java.util.List;

/** Weighs what came to the jobs against what became of it, when nobody sends any more. */
@FunctionalInterface
interface Scale {
    /** Nothing can be weighed. */
    Scale NONE = () -> new Weighed(List.of(), List.of());

    /**
     * What was found.
     *
     * @param problems why it does not balance; empty: it does, or was not weighed
     */
    record Weighed(List<JobBalance> jobs, List<String> problems) {
        public Weighed {
            jobs = List.copyOf(jobs);
            problems = List.copyOf(problems);
        }

        static Weighed of(List<JobBalance> jobs) {
            List<String> problems = new ArrayList<>();
            if (jobs.isEmpty()) {
                problems.add("no job told what it has counted");
            }
            jobs.stream()
                    .filter(job -> !job.isEven())
                    .forEach(job -> problems.add("what came to " + job.job() + " and what became of it differ"));
            return new Weighed(jobs, problems);
        }
    }

    Weighed weigh() throws InterruptedException;
}
