package org.citystream.scoring;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;
import org.citystream.recordings.RecordingException;
import org.citystream.recordings.TruthFile;
import org.citystream.recordings.TruthRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code score traffic}. */
@Command(
        name = "traffic",
        mixinStandardHelpOptions = true,
        description = {
            "Decides about the traffic readings of a recording as the traffic job would, and holds congestion and incidents",
            "against what is known to have happened."
        },
        footer = {
            "",
            "Matching: same kind (congestion also matches an incident's queue), overlapping in time up to 15 minutes after the",
            "end, within one detector spacing. One to one, earliest first; every other episode is a false alarm.",
            "",
            "Example: ./city score traffic --readings recordings/monday --truth recordings/monday/truth.csv"
        })
final class TrafficCommand implements Callable<Integer> {
    @Option(
            names = "--readings",
            required = true,
            paramLabel = "DIR",
            description = "Folder of a recording: traffic.csv and sensors.geojson, or one of the known data sets.")
    private Path readings = Path.of("");

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description =
                    "CSV of what happened (docs/recordings.md). Without it nothing did: every episode is a false alarm.")
    private @Nullable Path truth;

    @Option(names = "--rules", paramLabel = "FILE", description = "Rules to decide by. Default: those that ship.")
    private @Nullable Path rules;

    @Option(names = "--file", paramLabel = "NAME", description = "The file to read where a data set has several.")
    private @Nullable String file;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Option(names = "--details", description = "Also lists what was missed, and every false alarm.")
    private boolean details;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidRuleException {
        List<TruthRow> happened = truth == null ? List.of() : TruthFile.read(truth);
        Recording recording = Recording.open(readings, file, "recording", null, null);
        if (!recording.has(SensorKind.TRAFFIC)) {
            throw new RecordingException(readings + " holds no traffic readings");
        }
        TrafficTrial trial = new TrafficTrial(recording.sensors(), rules());
        play(recording, trial);
        TrafficScore score = TrafficScore.of(List.of(trial.judge(happened, recording.first())));
        tell(score);
        return 0;
    }

    private void play(Recording recording, TrafficTrial trial) {
        Progress progress = new Progress(spec().commandLine().getErr(), recording.count());
        for (Iterator<RecordedReading> readings = recording.readings(); readings.hasNext(); ) {
            if (readings.next() instanceof RecordedReading.Traffic traffic) {
                trial.receive(traffic.reading());
            }
            progress.read();
        }
    }

    private List<Rule> rules() throws IOException, InvalidRuleException {
        return rules == null
                ? RuleCodec.defaultRules()
                : RuleCodec.readDocument(Files.readString(rules, StandardCharsets.UTF_8));
    }

    private void tell(TrafficScore score) {
        PrintWriter out = spec().commandLine().getOut();
        if (json) {
            out.println(new String(JsonCodec.write(score), StandardCharsets.UTF_8));
        } else {
            score.print(out);
        }
        if (details) {
            score.printDetails(out);
        }
        out.flush();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec;
    }
}
