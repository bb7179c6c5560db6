package org.citystream.backtest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.backtest.kafka.History;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.service.config.UsageCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./city backtest}. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the jobs over what was, once with the active rules and once as they would be with a file of rules applied,",
            "and says which episodes each would have raised, and how they differ."
        },
        footer = {
            "",
            "Active rules are those of the stack (or of --kafka-bootstrap-servers); without one those that ship.",
            "",
            "Example: ./city backtest --rules calmer.yaml --from 2026-11-16 --to 2026-11-23"
        })
final class BacktestCommand implements Callable<Integer> {
    @Option(
            names = "--rules",
            required = true,
            paramLabel = "FILE",
            description = "Rules to try, YAML or JSON: they replace those with the same ids.")
    private Path rules = Path.of("");

    @Option(
            names = "--active",
            paramLabel = "FILE",
            description = "Rules to hold them against, instead of the active ones.")
    private @Nullable Path active;

    @Mixin
    private UsageCheck check = new UsageCheck();

    @Mixin
    private PastOptions options = new PastOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (check.isWanted()) {
            return 0;
        }
        List<Rule> tried = read(rules);
        Output output = Output.of(spec);
        Past past = options.past(output.err());
        RuleSet held = active(past);
        RuleSet applied = held.with(rules.getFileName().toString(), tried);
        output.tell(Comparison.of(past, held, applied, options.truth()), options);
        return 0;
    }

    private RuleSet active(Past past) throws Exception {
        if (active != null) {
            return RuleSet.of(active.getFileName().toString(), read(active));
        }
        return options.isRecording() && !options.namesKafka(spec)
                ? RuleSet.of("the rules that ship", RuleCodec.defaultRules())
                : RuleSet.latest("the active rules", new History(options.kafka()).rules(), past.to());
    }

    private static List<Rule> read(Path file) throws Exception {
        return RuleCodec.readDocument(Files.readString(file, StandardCharsets.UTF_8));
    }
}
