package org.citystream.backtest;

import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.backtest.kafka.History;
import org.citystream.model.rule.Rule;
import org.citystream.service.config.UsageCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city rules diff}. */
@Command(
        name = "rules-diff",
        mixinStandardHelpOptions = true,
        description =
                "Runs the jobs over what was with two versions of one rule, and says what each would have raised.",
        footer = {"", "Example: ./city rules diff ring-road-congestion 3 4 --from 2026-11-16 --to 2026-11-23"})
final class RulesDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RULE", description = "Id of the rule.")
    private String rule = "";

    @Parameters(index = "1", paramLabel = "V1", description = "A version of it.")
    private int first;

    @Parameters(index = "2", paramLabel = "V2", description = "Another version.")
    private int second;

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
        List<Rule> versions = new History(options.kafka())
                .rules().stream().filter(each -> each.id().equals(rule)).toList();
        if (versions.isEmpty()) {
            throw new BacktestFailure("there is no rule '" + rule + "'", "look at ./city rules list");
        }
        RuleSet left = RuleSet.of(rule + "@" + first, List.of(version(versions, first)));
        RuleSet right = RuleSet.of(rule + "@" + second, List.of(version(versions, second)));
        Output output = Output.of(spec);
        output.tell(Comparison.of(options.past(output.err()), left, right, options.truth()), options);
        return 0;
    }

    private Rule version(List<Rule> versions, int wanted) {
        return versions.stream()
                .filter(each -> each.version() == wanted)
                .findFirst()
                .orElseThrow(() -> new BacktestFailure(
                        "rule '" + rule + "' has no version " + wanted,
                        "look at all of them: ./city rules show " + rule));
    }
}
