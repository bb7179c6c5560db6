package org.citystream.benchmarks.detection;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.scoring.TrafficScore;
import org.citystream.scoring.TrafficTrial;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How good detection is on simulated corridors of which no two are alike; {@code docs/traffic.md} has the figures. */
@Command(
        name = "detection",
        mixinStandardHelpOptions = true,
        description = "Judges detection on corridors varied by seed: incidents that make queues, or ordinary days.")
public final class DetectionMain implements Callable<Integer> {
    @Option(names = "--from-seed", defaultValue = "1001", description = "First seed; default ${DEFAULT-VALUE}.")
    private long fromSeed;

    @Option(
            names = "--seeds",
            defaultValue = "40",
            description = "How many, a corridor each; default ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--days", defaultValue = "3", description = "Judged days of each; default ${DEFAULT-VALUE}.")
    private int days;

    @Option(
            names = "--calibration-days",
            defaultValue = "2",
            description = "Ordinary days before them; default ${DEFAULT-VALUE}.")
    private int calibrationDays;

    @Option(
            names = "--scenario",
            defaultValue = "incidents",
            description = "Of the judged days: incidents or ordinary-days; default ${DEFAULT-VALUE}.")
    private String scenario = "incidents";

    @Option(names = "--rules", paramLabel = "FILE", description = "Rules to decide by; default: those that ship.")
    private @Nullable Path rules;

    @Option(names = "--details", description = "Lists what was missed, and false alarms.")
    private boolean details;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    private DetectionMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DetectionMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InvalidRuleException {
        List<Rule> decidedBy = rules == null
                ? RuleCodec.defaultRules()
                : RuleCodec.readDocument(Files.readString(rules, StandardCharsets.UTF_8));
        List<TrafficTrial.Judgement> judgements = new ArrayList<>(LongStream.range(fromSeed, fromSeed + seeds)
                .parallel()
                .mapToObj(seed -> judged(new Trial(seed, scenario, calibrationDays, days, decidedBy)))
                .toList());
        TrafficScore score = TrafficScore.of(judgements);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        if (json) {
            out.println(new String(JsonCodec.write(score), StandardCharsets.UTF_8));
        } else {
            score.print(out);
        }
        if (details) {
            score.printDetails(out);
        }
        return 0;
    }

    private static TrafficTrial.Judgement judged(Trial trial) {
        TrafficTrial.Judgement judgement = trial.judge();
        TrafficScore score = TrafficScore.of(List.of(judgement));
        System.err.printf(
                Locale.ROOT,
                "seed %d: %d of %d detected, %d false alarms%n",
                trial.seed(),
                score.detected(),
                score.events(),
                score.falseAlarms());
        return judgement;
    }
}
