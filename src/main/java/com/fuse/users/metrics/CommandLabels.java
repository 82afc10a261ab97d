package com.fuse.users.metrics;

import java.util.Map;
import java.util.TreeMap;

/**
 * What all metrics of a command are labelled with. Plans are kept apart from runs, whose figures they would replace.
 *
 * @param command the command's name
 */
public record CommandLabels(String command, boolean dryRun) {

    Map<String, String> asMap() {
        return new TreeMap<>(Map.of("command", command, "dry_run", Boolean.toString(dryRun)));
    }
}
