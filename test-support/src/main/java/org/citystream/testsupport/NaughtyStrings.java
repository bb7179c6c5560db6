package org.citystream.testsupport;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Text that somebody may send as an id to break what handles it: of SQL, InfluxQL, the line protocol, HTML, templates and
 * shells; controls, line breaks, other scripts, what is invisible or runs from right to left, and what is long.
 */
public final class NaughtyStrings {
    private NaughtyStrings() {}

    /** All of them, each once. */
    public static List<String> all() {
        try (InputStream json = NaughtyStrings.class.getResourceAsStream("naughty-strings.json")) {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("the list of naughty strings cannot be read", e);
        }
    }
}
