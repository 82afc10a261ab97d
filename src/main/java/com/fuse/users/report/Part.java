package com.fuse.users.report;

import com.fuse.users.history.RunState;
import com.fuse.users.history.RunSummary;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A part of the page, with a heading. */
enum Part {
    OUTCOMES,
    SKIPPED,
    /** What can follow: the way back, what an undo has not brought back, or how to apply a plan. */
    WAY,
    TABLES,
    TIME,
    FILES;

    /**
     * The parts of this run's page, in the order in which its reader needs them: the next command of a plan, and what an
     * undo has not brought back, before the skips. No part is empty.
     */
    static List<Part> of(RunSummary summary) {
        boolean refused = summary.state() == RunState.REFUSED;
        Run run = summary.run();
        List<Part> parts = new ArrayList<>();
        if (!refused || !summary.outcomes().isEmpty()) {
            parts.add(OUTCOMES);
        }
        if (summary.skips() > 0) {
            parts.add(SKIPPED);
        }
        if (!refused) {
            parts.add(run.dryRun() || run.isOf(CommandName.UNDO) ? 1 : parts.size(), WAY);
        }
        if (!summary.rows().deleted().isEmpty() || !summary.rows().added().isEmpty()) {
            parts.add(TABLES);
        }
        if (!refused || summary.attempts() > 1) {
            parts.add(TIME);
        }
        parts.add(FILES);
        return parts;
    }

    /** The target of links to it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its heading on the page of this run. */
    String heading(Run run) {
        return switch (this) {
            case OUTCOMES -> "Outcomes";
            case SKIPPED -> "Skipped rows";
            case WAY -> run.dryRun() ? "Apply" : run.isOf(CommandName.UNDO) ? "Not brought back" : "The way back";
            case TABLES -> "Rows by table";
            case TIME -> "Time";
            case FILES -> "Files";
        };
    }
}
