package com.fuse.users.report;

import com.fuse.users.change.Outcome;
import com.fuse.users.history.Advice;
import com.fuse.users.history.CommunityCounts;
import com.fuse.users.history.Deviation;
import com.fuse.users.history.Narrative;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummary;
import com.fuse.users.history.SkippedRow;
import com.fuse.users.run.Actor;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.text.Counts;
import com.fuse.users.text.VisibleText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The contents of the page, in the words and figures of the template. */
record Page(RunSummary summary, RunDetail detail, NextSteps next, StyleSheet style) {

    private static final double PERCENT = 100;

    /** So that a bar that is not zero stays visible. */
    private static final double LEAST_WIDTH = 0.4;

    /** All communities that have a line of their own. */
    private static final int MOST_COMMUNITIES = 20;

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
        return bars(rows, summary.decidedRows());
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
        return bars(summary.rows().deleted());
    }

    List<Bar> added() {
        return bars(summary.rows().added());
    }

    /** The communities with the most memberships, and the sum of the others. */
    List<Bar> memberships(CommunityCounts counts) {
        return bars(counts.byCommunity("", MOST_COMMUNITIES));
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

    /** The CSS class of the run's state. */
    String tone() {
        if (plan()) {
            return "plan";
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

    /** The heading of what an undo restores, or of what this undo did not restore. */
    String wayBack() {
        return run().isOf(CommandName.UNDO) ? "Not brought back" : "The way back";
    }

    /** The outcomes that are skips. */
    List<Outcome> skips() {
        return summary.outcomes().keySet().stream().filter(Outcome::isSkip).toList();
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
        String advice = Advice.about(outcome);
        return Character.toUpperCase(advice.charAt(0)) + advice.substring(1) + ".";
    }

    /** In UTC, to the second. Without a month's name, because loading a locale's names takes longer than the page. */
    String time(Instant time) {
        String iso = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return iso.replace('T', ' ').replace("Z", " UTC");
    }

    String seconds(Duration time) {
        return String.format(Locale.ROOT, "%,.1f s", time.toMillis() / 1_000.0);
    }

    private static List<Bar> bars(Map<String, Long> rows) {
        return bars(
                rows, rows.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private static List<Bar> bars(Map<String, Long> rows, long whole) {
        List<Bar> bars = new ArrayList<>();
        rows.forEach((name, count) -> bars.add(new Bar(name, count, PERCENT * count / Math.max(1, whole))));
        return bars;
    }

    /**
     * A row of a table with a bar.
     *
     * @param percent of the total, or of the longest bar
     */
    record Bar(String name, long rows, double percent) {

        String width() {
            return String.format(Locale.ROOT, "%.2f", rows == 0 ? 0 : Math.max(LEAST_WIDTH, percent));
        }

        String share() {
            return String.format(Locale.ROOT, "%.1f %%", percent);
        }
    }

    /** The plan that this run is checked against. */
    long planId() {
        return Objects.requireNonNull(run().options().planId());
    }
}
