package org.citystream.simulator.city;

/**
 * The balance of NO, NO2 and O3: traffic's NO uses up ozone to NO2, sunlight splits NO2 again, and the sum of NO2 and
 * O3 (as numbers of molecules) stays. At night one of NO and O3 is used up.
 *
 * @param no2UgM3 at 20 °C
 * @param o3UgM3 at 20 °C
 */
record Ozone(double no2UgM3, double o3UgM3) {
    private static final double NO2_UG_PER_PPB = 1.9125;
    private static final double O3_UG_PER_PPB = 1.995;
    /** Part of NOx that leaves the exhaust as NO2. */
    private static final double PRIMARY = 0.2;
    /** Photolysis by reaction rate at full sun, ppb. */
    private static final double FULL_SUN_PPB = 18;

    /**
     * The photostationary state.
     *
     * @param noxUgM3 all nitrogen oxides, as NO2
     * @param regionalO3UgM3 ozone of the air that flows in
     * @param sunshine 0..1
     */
    static Ozone balance(double noxUgM3, double regionalO3UgM3, double sunshine) {
        double nox = Math.max(0, noxUgM3) / NO2_UG_PER_PPB;
        double oxidant = regionalO3UgM3 / O3_UG_PER_PPB + PRIMARY * nox;
        double sun = FULL_SUN_PPB * sunshine + 0.3;
        // (nox - x) (oxidant - x) = sun x, the smaller root
        double half = (nox + oxidant + sun) / 2;
        double no2 = half - StrictMath.sqrt(Math.max(0, half * half - nox * oxidant));
        return new Ozone(no2 * NO2_UG_PER_PPB, (oxidant - no2) * O3_UG_PER_PPB);
    }
}
