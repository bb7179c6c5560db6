package org.citystream.simulator.city;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers by address: the value at (seed, stream, index) never depends on what was drawn before, so that any
 * moment of the city can be computed again. Streams are independent of each other.
 */
public final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long key;

    private Draws(long key) {
        this.key = key;
    }

    /** The numbers of a seed. */
    public static Draws of(long seed) {
        return new Draws(mix(seed + GOLDEN));
    }

    /** An independent stream by name. */
    public Draws stream(String name) {
        long hash = 0xCBF29CE484222325L; // FNV-1a
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return new Draws(mix(key ^ hash));
    }

    /** 64 random bits. */
    public long bits(long index) {
        return mix(key + GOLDEN * (index + 1));
    }

    /** Uniform in [0, 1). */
    public double uniform(long index) {
        return (bits(index) >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [from, to). */
    public double between(long index, double from, double to) {
        return from + (to - from) * uniform(index);
    }

    /** Normal with mean 0 and standard deviation 1 (Box-Muller; StrictMath, so the same on every machine). */
    public double gaussian(long index) {
        double u = 1 - uniform(2 * index);
        double v = uniform(2 * index + 1);
        return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v);
    }

    /**
     * A smooth random function of time with standard deviation near 0.8: normal values every {@code period}, joined by
     * cosines.
     */
    public double smooth(double at, double period) {
        double x = at / period;
        long i = (long) StrictMath.floor(x);
        double blend = (1 - StrictMath.cos(StrictMath.PI * (x - i))) / 2;
        return gaussian(i) * (1 - blend) + gaussian(i + 1) * blend;
    }

    /** SplitMix64's finaliser. */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
