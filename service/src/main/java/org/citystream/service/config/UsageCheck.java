package org.citystream.service.config;

import picocli.CommandLine.Option;

/**
 * Lets a program say whether it understands its options without doing what they ask for: whoever hands options on to it
 * can so tell wrong usage before anything is started. A picocli mixin.
 */
public final class UsageCheck {
    public static final String OPTION = "--check";

    @Option(
            names = OPTION,
            description = "Only tell what is wrong with these options, and do nothing else; on the command line only.")
    private boolean wanted;

    public boolean isWanted() {
        return wanted;
    }
}
