package org.citystream.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user guide says, word for word, so that tests can hold it to that. */
final class Documentation {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile("<!-- (\\S+) -->\\s*```\\w*\\n(.*?)```", Pattern.DOTALL);

    /**
     * A fenced block under an HTML comment with its name.
     */
    record Block(String name, String text) {}

    private Documentation() {}

    static List<Block> blocks(String page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(DOCS.resolve(page)));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    static String block(String page, String name) throws IOException {
        return blocks(page).stream()
                .filter(block -> block.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/" + page + " has no block " + name))
                .text();
    }
}
