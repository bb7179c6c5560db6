package org.citystream.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How one service is run.
 *
 * @param command the program and its arguments, asked for before each start: an archive made meanwhile is used
 * @param environment all of its variables but those every process needs (PATH, HOME, locale)
 * @param log where its output goes, appended
 * @param url where it answers, for people
 * @param needs services, or milestones of the stack, that must be ready before it is started
 * @param readiness asked until it is ready, and then now and then
 * @param mayFinish whether an exit with 0 means that its work is done
 * @param archive the class-data archive it starts from, once there is one
 */
public record ServiceSpec(
        String name,
        Supplier<List<String>> command,
        Map<String, String> environment,
        Path log,
        String url,
        List<String> needs,
        Readiness readiness,
        boolean mayFinish,
        ClassDataArchive archive) {}
