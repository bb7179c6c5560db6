package org.citystream.testsupport.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The inputs kept for a fuzz test, where Jazzer looks for them: beside it, as {@code <its class>Inputs/<method>/<file>}.
 * Default builds go over them without Jazzer, which rewrites every class it loads and so makes a minute of a second; and
 * over 300 random breakages of each: {@code -Dmutations=N} for more, {@code -Dmutations.seed=N} for others. What Jazzer has
 * found to reach other branches stands beside them in {@code <its class>Found/<method>.zip}, and is gone over as it is.
 */
public final class KeptInputs {
    private static final int MUTATIONS = Integer.getInteger("mutations", 300);
    private static final long SEED = Long.getLong("mutations.seed", 20_261_124);

    private KeptInputs() {}

    /** Every kept input and its breakages, given to the method it is kept for. Each target must have an input. */
    public static Stream<DynamicTest> replay(Class<?> fuzzTest) {
        return Arrays.stream(fuzzTest.getDeclaredMethods())
                .filter(KeptInputs::isTarget)
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(target -> Stream.concat(
                        files(target).stream()
                                .map(file -> DynamicTest.dynamicTest(
                                        target.getName() + "/" + file.getFileName(), () -> replay(target, file))),
                        found(target).stream()
                                .map(zip -> DynamicTest.dynamicTest(
                                        target.getName() + ", found by fuzzing", () -> replayFound(target, zip)))));
    }

    private static boolean isTarget(Method method) {
        return Arrays.equals(method.getParameterTypes(), new Class<?>[] {byte[].class})
                && Arrays.stream(method.getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().equals("FuzzTest"));
    }

    private static List<Path> files(Method target) {
        String folder = target.getDeclaringClass().getSimpleName() + "Inputs/" + target.getName();
        URL root = target.getDeclaringClass().getResource(folder);
        if (root == null) {
            throw new AssertionError("no input is kept in " + folder);
        }
        try (Stream<Path> files = Files.list(Path.of(root.toURI()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(root + " is no folder", e);
        }
    }

    private static Optional<URL> found(Method target) {
        String zip = target.getDeclaringClass().getSimpleName() + "Found/" + target.getName() + ".zip";
        return Optional.ofNullable(target.getDeclaringClass().getResource(zip));
    }

    private static void replayFound(Method target, URL zip) throws ReflectiveOperationException, IOException {
        Object test = instance(target.getDeclaringClass());
        target.setAccessible(true);
        int inputs = 0;
        try (ZipInputStream entries = new ZipInputStream(zip.openStream())) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                give(test, target, entries.readAllBytes(), entry.getName());
                inputs++;
            }
        }
        if (inputs == 0) {
            throw new AssertionError(zip + " is empty");
        }
    }

    private static void replay(Method target, Path file) throws ReflectiveOperationException, IOException {
        byte[] original = Files.readAllBytes(file);
        Object test = instance(target.getDeclaringClass());
        target.setAccessible(true);
        give(test, target, original, "as it is kept");
        for (int i = 0; i < MUTATIONS; i++) {
            give(test, target, Breakage.of(original, SEED + i), "broken by -Dmutations.seed=" + (SEED + i));
        }
    }

    private static Object instance(Class<?> fuzzTest) throws ReflectiveOperationException {
        var constructor = fuzzTest.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static void give(Object test, Method target, byte[] input, String what) throws IllegalAccessException {
        try {
            target.invoke(test, (Object) input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    what + ", in hexadecimal: " + HexFormat.of().formatHex(input), e.getCause());
        }
    }
}
