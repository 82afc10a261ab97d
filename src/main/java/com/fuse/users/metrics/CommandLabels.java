package com.fuse.users.metrics;

/**
 * The labels of all metrics of a command. Dry runs have their own group of metrics, because their figures would replace
 * those of real runs.
 *
 * @param command the command's name
 */
public record CommandLabels(String command, boolean dryRun) {}
