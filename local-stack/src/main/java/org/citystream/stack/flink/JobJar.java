package org.citystream.stack.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The jar that jobs are started from. It lies in the JobManager's store under a name that ends in a digest of its content, so
 * that the same jar is uploaded once, and a job can tell what it runs.
 */
public final class JobJar {
    private static final Pattern DIGEST = Pattern.compile(".*-([0-9a-f]{12})\\.jar");

    private final String name;
    /** Absent: a jar without classes. */
    private final @Nullable Path file;

    private JobJar(String name, @Nullable Path file) {
        this.name = name;
        this.file = file;
    }

    /** A jar with all that its jobs need beside what the cluster has. */
    public static JobJar of(Path jar) {
        String stem = String.valueOf(jar.getFileName()).replaceAll("\\.jar$", "");
        return new JobJar(named(stem, jar), jar);
    }

    /**
     * The jobs that are on the cluster's class path already: a jar without classes, so that all of them come from there and
     * are loaded once for all jobs.
     *
     * @param jar what the class path has
     */
    public static JobJar onClassPath(Path jar) {
        return new JobJar(named("class-path", jar), null);
    }

    private static String named(String stem, Path jar) {
        try (InputStream in = Files.newInputStream(jar)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
            byte[] digest = sha256.digest();
            return stem + "-" + HexFormat.of().formatHex(digest, 0, 6) + ".jar";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new CityFailure(
                    "cannot read the job jar " + jar + ": " + Reason.of(e), "name a readable one: --jar FILE", e);
        }
    }

    private static byte[] empty() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** The id it can be run by, after an upload if it is not there. */
    String on(FlinkRest flink) throws IOException, InterruptedException {
        Optional<FlinkRest.StoredJar> stored =
                flink.jars().stream().filter(jar -> jar.name().equals(name)).findFirst();
        return stored.isPresent()
                ? stored.get().id()
                : flink.upload(name, file == null ? BodyPublishers.ofByteArray(empty()) : BodyPublishers.ofFile(file));
    }

    /** Whether a job that runs the jar of this id runs this one. */
    boolean hasContentOf(String jarId) {
        return digest(jarId).equals(digest(name));
    }

    /** What people recognise a jar by. */
    static String digest(String jarNameOrId) {
        Matcher matcher = DIGEST.matcher(jarNameOrId);
        return matcher.matches() ? matcher.group(1) : jarNameOrId;
    }

    @Override
    public String toString() {
        return name;
    }
}
