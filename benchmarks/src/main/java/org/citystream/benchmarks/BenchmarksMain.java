package org.citystream.benchmarks;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.citystream.benchmarks.alerting.AlertingCosts;
import org.citystream.benchmarks.fold.FoldCosts;
import org.citystream.benchmarks.fold.Refold;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Fork;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.intake.GatewayCosts;
import org.citystream.benchmarks.pipeline.JobEfficiency;
import org.citystream.benchmarks.sliding.SlidingHours;
import org.citystream.benchmarks.streams.StreamsCosts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks' command line. Progress goes to stderr, the tables in Markdown to stdout. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Compares CPU times; docs/benchmarks.md says what of.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done, whether or not targets are met", "1:failed, or a control was missed", "2:wrong usage"})
public final class BenchmarksMain implements Callable<Integer> {
    private static final int ROUNDS = 5;

    private static final Map<String, Supplier<Benchmark>> BENCHMARKS = benchmarks();

    @Parameters(
            paramLabel = "NAME",
            description = "Benchmarks to run; none: all. Known: ${COMPLETION-CANDIDATES}",
            completionCandidates = Names.class)
    private List<String> names = new ArrayList<>();

    @Option(names = "--rounds", description = "Runs of each side; default ${DEFAULT-VALUE}.")
    private int rounds = ROUNDS;

    private BenchmarksMain() {}

    private static Map<String, Supplier<Benchmark>> benchmarks() {
        Map<String, Supplier<Benchmark>> all = new LinkedHashMap<>();
        all.put("gateway-paho", GatewayCosts::besidePaho);
        all.put("gateway-camel", GatewayCosts::besideCamel);
        all.put("alerting", AlertingCosts::eachByItself);
        all.put("alerting-200", AlertingCosts::atTwoHundredASecond);
        all.put("alerting-batches", AlertingCosts::inBatches);
        all.put("job-efficiency", JobEfficiency::usual);
        all.put("job-efficiency-elsewhere", JobEfficiency::elsewhere);
        all.put("job-efficiency-air", JobEfficiency::ofAir);
        all.put("kafka-streams", StreamsCosts::new);
        all.put("sliding-hours", SlidingHours::new);
        all.put("segments", FoldCosts::bySegments);
        all.put("rules", FoldCosts::byRules);
        all.put("state", FoldCosts::byState);
        all.put("refold", Refold::new);
        return all;
    }

    /** For the usage text. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(BENCHMARKS.keySet());
        }
    }

    public static void main(String[] arguments) {
        System.setProperty(Fork.LOGGING_KEY, Fork.LOGGING);
        System.exit(new CommandLine(new BenchmarksMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        boolean valid = true;
        for (String name : names.isEmpty() ? List.copyOf(BENCHMARKS.keySet()) : names) {
            Supplier<Benchmark> benchmark = BENCHMARKS.get(name);
            if (benchmark == null) {
                System.err.println("there is no benchmark " + name + ", only " + BENCHMARKS.keySet());
                return CommandLine.ExitCode.USAGE;
            }
            List<Result> results = benchmark.get().run(rounds, System.err);
            print(name, results, System.out);
            valid &= results.stream().allMatch(Result::isValid);
        }
        return valid ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static void print(String name, List<Result> results, PrintStream out) {
        out.println("### " + name);
        out.println();
        Result.head().forEach(out::println);
        results.forEach(result -> out.println(result.row()));
        out.println();
        out.println(conditions());
        results.forEach(result -> out.println("- " + result.conditions()));
        out.println();
    }

    private static String conditions() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, load average " + CpuClock.load();
    }
}
