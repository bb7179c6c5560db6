package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What came to a job held against what became of it, from metrics as Flink's reporter writes them. */
class JobBalanceTest {
    private static final String METRICS = """
        # HELP flink_taskmanager_job_task_operator_readingsIn readingsIn (scope: taskmanager_job_task_operator)
        # TYPE flink_taskmanager_job_task_operator_readingsIn gauge
        flink_taskmanager_job_task_operator_readingsIn{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} 1.2E7
        flink_taskmanager_job_task_operator_readingsIn{job_id="a1",subtask_index="1",job_name="traffic_job",host="h",} 30.0
        flink_taskmanager_job_task_operator_readingsIn{job_id="b2",subtask_index="0",job_name="air_quality_job",host="h",} 7.0
        flink_taskmanager_job_task_operator_readingsLate{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} 20.0
        flink_taskmanager_job_task_operator_readingsDuplicate{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} 4.0
        flink_taskmanager_job_task_operator_readingsCounted{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} 1.2E7
        flink_taskmanager_job_task_operator_readingsBehindSnapshot{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} 6.0
        flink_taskmanager_job_task_operator_readingsCounted{job_id="b2",subtask_index="0",job_name="air_quality_job",host="h",} 6.0
        flink_taskmanager_job_task_operator_partsTold{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} 9.0
        flink_taskmanager_job_task_operator_partsCounted{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} 8.0
        flink_taskmanager_job_task_operator_partsRepeated{job_id="a1",subtask_index="0",job_name="traffic_job",host="h",} PARTS
        flink_taskmanager_job_task_operator_readingsIn{job_id="d4",subtask_index="0",job_name="sensor_health_job",host="h",} 37.0
        flink_taskmanager_job_task_operator_pointsWritten{job_id="c3",subtask_index="0",job_name="time_series_job",host="h",} 5.0
        """;

    @Test
    void eachJobIsWeighedByItself() {
        List<JobBalance> jobs = JobBalance.of(METRICS.replace("PARTS", "1.0"));

        assertThat(jobs).extracting(JobBalance::job).containsExactly("air_quality_job", "traffic_job");
        assertThat(jobs.get(1).readingsIn()).isEqualTo(12_000_030);
        assertThat(jobs.get(1).isEven()).isTrue();
        assertThat(jobs.get(1).line())
                .contains(
                        "12,000,030 readings came in: 12,000,000 counted, 4 duplicates, 20 late, 6 behind a snapshot");
        assertThat(jobs.get(0).isEven()).isFalse();
        assertThat(jobs.get(0).line()).endsWith("NOT EVEN");
        assertThat(Scale.Weighed.of(jobs).problems())
                .containsExactly("what came to air_quality_job and what became of it differ");
    }

    @Test
    void aSummaryThatDidNotArriveAtItsGroupTipsTheScale() {
        assertThat(JobBalance.of(METRICS.replace("PARTS", "0.0")).get(1).isEven())
                .isFalse();
    }

    @Test
    void jobsThatTellNothingAreNoBalance() {
        assertThat(Scale.Weighed.of(JobBalance.of("")).problems()).containsExactly("no job told what it has counted");
    }
}
