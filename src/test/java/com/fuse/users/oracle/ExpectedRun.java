package com.fuse.users.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The run that the oracle expects.
 *
 * @param at the run's clock, in whole microseconds
 * @param before the platform before the run
 * @param after the platform after the run
 * @param byLine the outcome of each row by its line
 */
public record ExpectedRun(Instant at, Platform before, Platform after, SortedMap<Long, ExpectedOutcome> byLine) {

    private static final int FEWEST_BAD_ROWS = 5;

    /** The number of changed users. */
    public long changes() {
        return byLine.values().stream().filter(ExpectedOutcome::isChange).count();
    }

    /** The number of users to decide on: the users of the input, each counted once. */
    public long users() {
        return byLine.values().stream()
                .filter(outcome -> outcome.userId() != null)
                .filter(outcome -> !outcome.outcome().equals("DUPLICATE"))
                .count();
    }

    /** The rows deleted, by table. */
    public Map<String, Long> deleted() {
        return counts(before.minus(after));
    }

    /** The rows added, by table. */
    public Map<String, Long> added() {
        return counts(after.minus(before));
    }

    /** Whether the run adds a row of this user and community. */
    public boolean adds(String table, long userId, long communityId) {
        return after.has(table, "user_id", userId, "community_id", communityId)
                && !before.has(table, "user_id", userId, "community_id", communityId);
    }

    /** The removed memberships, ordered by line and community. */
    public List<Row> removedMemberships() {
        Set<Row> removed = before.minus(after).getOrDefault("community_memberships", Set.of());
        List<Row> memberships = new ArrayList<>();
        byLine.values().stream().filter(ExpectedOutcome::isChange).forEach(outcome -> removed.stream()
                .filter(row -> row.has("user_id", outcome.userId()))
                .sorted((one, other) -> Long.compare(one.id("community_id"), other.id("community_id")))
                .forEach(memberships::add));
        return memberships;
    }

    /** The number of rows with each outcome. */
    public Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new TreeMap<>();
        byLine.values().forEach(outcome -> outcomes.merge(outcome.outcome(), 1L, Long::sum));
        return outcomes;
    }

    /**
     * Whether the guard stops this deactivation: "would more than N users, or more than P % of the active users, be
     * deactivated, then nothing is done. Default 20 %, which judges only inputs that would deactivate more than 100".
     */
    public boolean tripsGuard(@Nullable Long maxUsers, @Nullable BigDecimal maxPercent) {
        if (maxUsers != null && changes() > maxUsers) {
            return true;
        }
        if (maxPercent == null && changes() <= 100) {
            return false;
        }
        BigDecimal percent = maxPercent == null ? BigDecimal.valueOf(20) : maxPercent;
        BigDecimal active =
                BigDecimal.valueOf(before.rows("users", "active", true).size());
        return BigDecimal.valueOf(100 * changes()).compareTo(percent.multiply(active)) > 0;
    }

    /**
     * Whether nothing is done with the input because of its bad rows: "more than a tenth of the rows, and at least five,
     * are MALFORMED or MISMATCH".
     */
    public boolean hasTooManyBadRows(BigDecimal maxBadPercent) {
        long bad = byLine.values().stream()
                .filter(outcome -> Set.of("MALFORMED", "MISMATCH").contains(outcome.outcome()))
                .count();
        return bad >= FEWEST_BAD_ROWS
                && BigDecimal.valueOf(100 * bad).compareTo(maxBadPercent.multiply(BigDecimal.valueOf(byLine.size())))
                        > 0;
    }

    /** The exit code of a run that is neither refused nor failed. */
    public int exit(boolean acceptSkips) {
        return acceptSkips || byLine.values().stream().noneMatch(ExpectedOutcome::isSkip) ? 0 : 4;
    }

    private static Map<String, Long> counts(Map<String, Set<Row>> rows) {
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach((table, some) -> counts.put(table, (long) some.size()));
        counts.remove("users");
        return counts;
    }
}
