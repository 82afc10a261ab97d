package com.fuse.users.report;

import com.fuse.users.change.Outcome;
import com.fuse.users.history.Advice;
import com.fuse.users.history.AttemptFigures;
import com.fuse.users.history.CommunityCounts;
import com.fuse.users.history.Deviation;
import com.fuse.users.history.Narrative;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.Rates;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummary;
import com.fuse.users.history.SkippedRow;
import com.fuse.users.run.Run;
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

/** What the template shows, in the words and figures in which it does. */
record Page(RunSummary summary, RunDetail detail, NextSteps next, StyleSheet style) {

    private static final double PERCENT = 100;

    /** The least width of a bar that stands for something. */
    private static final double LEAST = 0.4;

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

    String inputName() {
        return VisibleText.of(run().inputName());
    }

    String inputFormat() {
        return VisibleText.of(run().inputFormat());
    }

    boolean plan() {
        return run().dryRun();
    }

    /** Such as "Rows deleted", or in a plan "Rows to be deleted". */
    String rowsThatAre(String done) {
        return "Rows " + (plan() ? "to be " : "") + done;
    }

    List<Bar> outcomes() {
        Map<String, Long> rows = new LinkedHashMap<>();
        summary.outcomes().forEach((outcome, count) -> rows.put(outcome.name(), count));
        return bars(rows, summary.decidedRows());
    }

    /** How a browser colours an outcome: what was asked for, what was so already, what is to be looked at. */
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

    /** The communities with the most, and the others together. */
    List<Bar> memberships(CommunityCounts counts) {
        Map<String, Long> rows = new LinkedHashMap<>();
        counts.most().forEach(most -> rows.put(String.valueOf(most.communityId()), most.memberships()));
        if (counts.otherCommunities() > 0) {
            rows.put(
                    count(counts.otherCommunities()) + (counts.otherCommunities() == 1 ? " other" : " others"),
                    counts.otherMemberships());
        }
        return bars(rows);
    }

    /** What came out otherwise than planned; null if the run is held to no plan. */
    @Nullable
    List<Deviation> deviations() {
        return summary.deviations();
    }

    /** Those outcomes for which there is something to look at. */
    List<Outcome> skips() {
        return summary.outcomes().keySet().stream().filter(Outcome::isSkip).toList();
    }

    /** So many users a second, slice by slice, all attempts side by side. */
    Columns columns() {
        return Columns.of(detail.attempts());
    }

    String visible(@Nullable String text) {
        return VisibleText.of(text);
    }

    String communities(SkippedRow row) {
        String ids = row.communityIds().stream()
                .map(String::valueOf)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return row.moreCommunities() == 0 ? ids : "%s and %s more".formatted(ids, count(row.moreCommunities()));
    }

    boolean namesCommunities(Outcome outcome) {
        return detail.skipped(outcome).stream()
                .anyMatch(row -> !row.communityIds().isEmpty());
    }

    String advice(Outcome outcome) {
        String advice = Advice.about(outcome);
        return Character.toUpperCase(advice.charAt(0)) + advice.substring(1) + ".";
    }

    String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    String rows(long count) {
        return count(count) + (count == 1 ? " row" : " rows");
    }

    /** In UTC, to the second; no month's name, because those of a locale take a run's start longer than the page. */
    String time(@Nullable Instant time) {
        if (time == null) {
            return "unknown";
        }
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
     * A row of a table, with what makes a bar of it.
     *
     * @param percent of the whole, or of the longest
     */
    record Bar(String name, long rows, double percent) {

        String width() {
            return String.format(Locale.ROOT, "%.2f", rows == 0 ? 0 : Math.max(LEAST, percent));
        }

        String share() {
            return String.format(Locale.ROOT, "%.1f %%", percent);
        }
    }

    /**
     * The columns of the chart of the throughput.
     *
     * @param all from left to right
     * @param width of the whole, in the unit of each column's position
     * @param peak users a second, where there were the most
     */
    record Columns(List<Column> all, int width, long peak) {

        private static final int STEP = 10;
        private static final int HEIGHT = 100;
        /** Fewer show no course. */
        private static final int FEWEST = 5;

        static Columns of(List<AttemptFigures> attempts) {
            long peak = attempts.stream()
                    .flatMap(attempt -> attempt.slices().stream().map(users -> Rates.perSecond(users, attempt.slice())))
                    .max(Long::compare)
                    .orElse(0L);
            List<Column> columns = new ArrayList<>();
            int x = 0;
            for (AttemptFigures attempt : attempts) {
                for (Long users : attempt.slices()) {
                    long height =
                            Math.round((double) HEIGHT * Rates.perSecond(users, attempt.slice()) / Math.max(1, peak));
                    columns.add(new Column(x, HEIGHT - height, height));
                    x += STEP;
                }
                x += attempt.slices().isEmpty() ? 0 : STEP;
            }
            return new Columns(columns, Math.max(STEP, x - STEP), peak);
        }

        /** Whether they are enough to show a course. */
        boolean tell() {
            return all.size() >= FEWEST;
        }
    }

    /** A column of a chart, in its coordinates. */
    record Column(int x, long y, long height) {}

    /** The run that this page's run is held to. */
    long planId() {
        return Objects.requireNonNull(run().options().planId());
    }
}
