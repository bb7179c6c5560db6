package org.citystream.simulator;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.citystream.simulator.city.City;
import org.citystream.simulator.plan.Cities;
import org.citystream.simulator.plan.CityFile;
import org.citystream.simulator.plan.CityPlan;
import org.citystream.simulator.plan.Variation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code generate}: writes a city file. */
@Command(
        name = "generate",
        description = "Writes a city as a file, to be looked at, changed, and simulated with --city FILE.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./city generate lindholm",
            "  ./city generate grid:rows=6,columns=8,blockM=800 --to town.yaml",
            "  ./city generate ring:rings=2,lanes=3+radial:arms=8 --to capital.yaml",
            "  ./city generate grid:detectors=100000,stations=100 --to large.yaml",
            "  ./city generate varied --seed 7",
            "  ./city simulate --city town.yaml"
        })
final class GenerateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "CITY",
            description = {
                "lindholm, varied, a city file, or parts joined by '+':",
                "grid:rows=4,columns=4,blockM=1000,lanes=2",
                "ring:rings=1,radiusKm=4,lanes=3",
                "radial:arms=6,lengthKm=8,lanes=2",
                "and for each of these spacingM=400 (of detectors), stations=12 (for air), detectors=N (as many"
                        + " streets, rings or arms as this number of detectors needs, up to 200000)."
            })
    private String city = Cities.LINDHOLM;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of varied and --vary (default: 1).")
    private long seed = 1;

    @Option(names = "--vary", description = "Vary drivers, demand, detectors and their spacing by the seed.")
    private boolean vary;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and do nothing else.")
    private boolean help;

    @Option(names = "--to", paramLabel = "FILE", description = "The file; it is replaced (default: print it).")
    private @Nullable Path to;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        try {
            CityPlan named = Cities.named(city, seed);
            CityPlan plan = vary ? Variation.of(seed).of(named) : named;
            if (to == null) {
                out.print(CityFile.text(plan));
            } else {
                CityFile.write(plan, to);
                out.println(to + ": " + described(plan));
            }
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static String described(CityPlan plan) {
        City built = plan.city();
        long detectors = built.corridors().stream()
                .mapToLong(corridor -> corridor.detectors().size())
                .sum();
        return built.corridors().size() + " roads, " + detectors + " detectors, "
                + built.stations().size() + " air stations";
    }
}
