package org.citystream.dashboard.api;

import java.net.URI;

/**
 * Map tiles to draw under the city, from a server that browsers ask by themselves.
 *
 * @param url address of a tile, with {@code {z}}, {@code {x}} and {@code {y}} where its place goes
 * @param attribution whose the tiles are, as the map shows it; may be empty
 */
public record Tiles(String url, String attribution) {
    public Tiles {
        if (!url.contains("{z}") || !url.contains("{x}") || !url.contains("{y}")) {
            throw refused(url, "has no {z}, {x} and {y}");
        }
        URI example = example(url);
        String scheme = String.valueOf(example.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http") || example.getHost() == null) {
            throw refused(url, "is no http or https address of a host");
        }
    }

    private static URI example(String url) {
        try {
            return URI.create(url.replaceAll("\\{[xyz]}", "0"));
        } catch (IllegalArgumentException e) {
            throw refused(url, "is no address");
        }
    }

    private static IllegalArgumentException refused(String url, String why) {
        return new IllegalArgumentException(
                "--tile-url " + url + " " + why + "; it must be such as https://tiles.example.org/{z}/{x}/{y}.png");
    }

    /** The one server that the page may ask for pictures: scheme, host and port. */
    String origin() {
        URI example = example(url);
        return example.getScheme() + "://" + example.getHost() + (example.getPort() < 0 ? "" : ":" + example.getPort());
    }
}
