package com.fuse.users.report;

import com.fuse.users.change.Outcome;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.Advice;
import com.fuse.users.history.Deviation;
import com.fuse.users.history.Narrative;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.NotRestored;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunState;
import com.fuse.users.history.RunSummary;
import com.fuse.users.history.SkippedRow;
import com.fuse.users.history.attempt.AttemptFigures;
import com.fuse.users.run.Actor;
import com.fuse.users.run.Run;
import com.fuse.users.text.Counts;
import com.fuse.users.text.VisibleText;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The contents of the page, in the words and figures of the template. */
record Page(RunSummary summary, RunDetail detail, NextSteps next, StyleSheet style) {

    /** As many rows of each outcome as are printed; the style sheet hides the others. A printed page is read, not searched. */
    static final int PRINTED_SKIPS = 50;

    Page(RunSummary summary, RunDetail detail, StyleSheet style) {
        this(summary, detail, NextSteps.of(summary, detail), style);
    }

    Run run() {
        return summary.run();
    }

    String headline() {
        return Narrative.headline(summary);
    }

    String sentence() {
        return VisibleText.of(Narrative.sentence(summary));
    }

    String command() {
        return VisibleText.of(run().command() + run().options().describe());
    }

    String database() {
        return VisibleText.of(run().describeDatabase());
    }

    /** Who made the last attempt, with the program's version; null if no attempt could say. */
    @Nullable
    String by() {
        Actor actor = summary.by();
        return actor == null ? null : VisibleText.of("%s, fuse-users %s".formatted(actor.describe(), actor.version()));
    }

    String inputName() {
        return VisibleText.of(run().inputName());
    }

    String inputFormat() {
        return VisibleText.of(run().inputFormat());
    }

    List<String> inputNotes() {
        return run().inputNotes().stream().map(VisibleText::of).toList();
    }

    boolean plan() {
        return run().dryRun();
    }

    /** Such as "Rows deleted", or "Rows to be deleted" in a plan. */
    String rowsThatAre(String done) {
        return "Rows " + (plan() ? "to be " : "") + done;
    }

    List<Bar> outcomes() {
        Map<String, Long> rows = new LinkedHashMap<>();
        summary.outcomes().forEach((outcome, count) -> rows.put(outcome.name(), count));
        return Bar.of(rows, summary.decidedRows());
    }

    /** The CSS class of an outcome: the requested change, no change needed, or a skip. */
    String tone(String outcome) {
        Outcome named = Outcome.valueOf(outcome);
        if (named.isSkip()) {
            return "skip";
        }
        return named == Outcome.ALREADY_ACTIVE || named == Outcome.ALREADY_INACTIVE ? "same" : "done";
    }

    List<Bar> deleted() {
        return Bar.of(summary.rows().deleted());
    }

    List<Bar> added() {
        return Bar.of(summary.rows().added());
    }

    /** The differences from the plan; null if the run has no plan. */
    @Nullable
    List<Deviation> deviations() {
        return summary.deviations();
    }

    /** Whether the outcome is a skip, so that the page has its rows. */
    boolean isSkip(String outcome) {
        return Outcome.valueOf(outcome).isSkip();
    }

    /** The run's state in words. */
    String state() {
        if (plan() && summary.state() == RunState.COMPLETED) {
            return summary.wouldBeRefused() ? "dry run, would be refused" : "dry run";
        }
        String state = summary.state().name().toLowerCase(Locale.ROOT);
        return (plan() ? "dry run, " : "")
                + state
                + (tone().equals("skip") && run().isCompleted() ? " with skips" : "");
    }

    /** The CSS class of the run's state. */
    String tone() {
        if (plan() && summary.state() == RunState.COMPLETED) {
            return summary.wouldBeRefused() ? "plan bad" : "plan";
        }
        return switch (summary.state()) {
            case COMPLETED -> needingAttention() > 0 ? "skip" : "done";
            case RUNNING -> "same";
            case STOPPED, PURGING, ABANDONED -> "skip";
            case REFUSED, FAILED, INTERRUPTED -> "bad";
        };
    }

    /** The skipped rows that somebody must look at. Of a duplicate, the first row has the user's outcome. */
    long needingAttention() {
        return summary.skips() - summary.outcomes().getOrDefault(Outcome.DUPLICATE, 0L);
    }

    /** The command that runs the skipped rows again, in the folder of the report. */
    String repeat() {
        return NextSteps.repeat(run(), Path.of("skipped.csv")).toString();
    }

    /** The parts, in order. */
    List<Part> parts() {
        return Part.of(summary);
    }

    String heading(Part part) {
        return part.heading(run());
    }

    /** Why the run was or would be refused, or failed; null if it was not, or if its process died. */
    @Nullable
    String why() {
        if (summary.error() == null && summary.state() == RunState.REFUSED) {
            return ExitCode.of(Objects.requireNonNull(run().exitCode())).meaning();
        }
        return summary.error() == null ? null : VisibleText.of(summary.error());
    }

    /** A run that was refused or is unfinished has outcomes of some rows only. */
    String outcomesCaption() {
        return summary.isAccountedFor() || run().rowCount() == null
                ? "Outcomes of the %s of the input".formatted(Counts.of(summary.decidedRows(), "row"))
                : "Outcomes of %s of the %s of the input; the others were not decided"
                        .formatted(Counts.figure(summary.decidedRows()), Counts.of(run().rowCount(), "row"));
    }

    /** What an undo has not restored, starting with what can still come back. */
    NotRestored notRestored() {
        return summary.notRestored().restorableFirst();
    }

    /** The outcomes that are skips. */
    List<Outcome> skips() {
        return summary.outcomes().keySet().stream().filter(Outcome::isSkip).toList();
    }

    /** Whether an attempt was long enough for a speed. */
    boolean hasSpeeds() {
        return detail.attempts().stream().anyMatch(AttemptFigures::hasSpeed);
    }

    ThroughputChart throughput() {
        return ThroughputChart.of(detail.attempts());
    }

    String visible(@Nullable String text) {
        return VisibleText.of(text);
    }

    String communities(SkippedRow row) {
        String ids = row.communityIds().stream()
                .map(String::valueOf)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return row.moreCommunities() == 0 ? ids : "%s and %s more".formatted(ids, Counts.figure(row.moreCommunities()));
    }

    boolean namesCommunities(Outcome outcome) {
        return detail.skipped(outcome).stream()
                .anyMatch(row -> !row.communityIds().isEmpty());
    }

    String advice(Outcome outcome) {
        return sentence(Advice.about(outcome));
    }

    private static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }

    /** In UTC, to the second. Without a month's name, because loading a locale's names takes longer than the page. */
    String time(Instant time) {
        String iso = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return iso.replace('T', ' ').replace("Z", " UTC");
    }

    /** The plan that this run is checked against. */
    long planId() {
        return Objects.requireNonNull(run().options().planId());
    }
}
