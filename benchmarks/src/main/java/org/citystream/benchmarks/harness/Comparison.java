package org.citystream.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two ways of doing the same work: first shown to give the same output, then run in turns, each run in a JVM of its own.
 * Every round also runs the first side once more, unchanged and deliberately slowed down.
 *
 * @param unit of work, singular
 * @param targets what the result is held against
 */
public record Comparison(String name, String unit, Side a, Side b, List<Target> targets) {
    private static final double SLOWED_BY = 0.25;

    /**
     * Runs it.
     *
     * @param progress a line per run
     * @throws UnequalOutputException if the sides do not give the same output; nothing has been timed then
     */
    public Result run(int rounds, PrintStream progress)
            throws IOException, InterruptedException, UnequalOutputException {
        check(progress);
        double loadBefore = CpuClock.load();
        int steps = (int) Math.ceil(SLOWED_BY * timed(a, progress).nanosPerUnit());
        List<Side> turns = List.of(
                a,
                b,
                a.named(a.name() + ", again"),
                a.with(Parameters.SLOWDOWN_STEPS, steps).named(a.name() + ", slowed down"));
        List<List<Sample>> samples =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            for (int turn : order(round, turns.size())) {
                samples.get(turn).add(timed(turns.get(turn), progress));
            }
        }
        Rounds found = new Rounds(samples.get(0), samples.get(1), samples.get(2), samples.get(3));
        return new Result(this, found, loadBefore, CpuClock.load());
    }

    private void check(PrintStream progress) throws IOException, InterruptedException, UnequalOutputException {
        String outputOfA = Fork.run(a.with(Parameters.CHECK, true)).output();
        String outputOfB = Fork.run(b.with(Parameters.CHECK, true)).output();
        if (outputOfA.isEmpty() || !outputOfA.equals(outputOfB)) {
            throw new UnequalOutputException(name, outputOfA, outputOfB);
        }
        progress.println(name + ": equal output, " + outputOfA);
    }

    private Sample timed(Side side, PrintStream progress) throws IOException, InterruptedException {
        Sample sample = Fork.run(side);
        progress.println(name + ": " + side.name() + " " + Figures.text(sample.nanosPerUnit()) + " ns per " + unit
                + " over " + sample.units() + ", load " + Figures.text(CpuClock.load()) + " " + sample.figures());
        return sample;
    }

    /** Forwards and backwards in turn, so that a drift of the machine does not favour a side. */
    private static List<Integer> order(int round, int turns) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            order.add(i);
        }
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }
}
