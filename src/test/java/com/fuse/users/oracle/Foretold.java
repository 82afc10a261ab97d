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
 * What a run will have done.
 *
 * @param at the run's clock, in whole microseconds
 * @param before the platform that it found
 * @param after the platform that it left
 * @param verdicts by line
 */
public record Foretold(Instant at, Platform before, Platform after, SortedMap<Long, Verdict> verdicts) {

    /** How many users are changed. */
    public long changes() {
        return verdicts.values().stream().filter(Verdict::isChange).count();
    }

    /** How many users have to be decided on: those who are named, once each. */
    public long users() {
        return verdicts.values().stream()
                .filter(verdict -> verdict.userId() != null)
                .filter(verdict -> !verdict.outcome().equals("DUPLICATE"))
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

    /** The memberships that are removed, by the line and then the community. */
    public List<Row> removedMemberships() {
        Set<Row> removed = before.minus(after).getOrDefault("community_memberships", Set.of());
        List<Row> memberships = new ArrayList<>();
        verdicts.values().stream().filter(Verdict::isChange).forEach(verdict -> removed.stream()
                .filter(row -> row.has("user_id", verdict.userId()))
                .sorted((one, other) -> Long.compare(one.id("community_id"), other.id("community_id")))
                .forEach(memberships::add));
        return memberships;
    }

    /** How many rows have each outcome. */
    public Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new TreeMap<>();
        verdicts.values().forEach(verdict -> outcomes.merge(verdict.outcome(), 1L, Long::sum));
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

    /** The exit code of a run that is neither refused nor fails. */
    public int exit(boolean acceptSkips) {
        return acceptSkips || verdicts.values().stream().noneMatch(Verdict::isSkip) ? 0 : 4;
    }

    private static Map<String, Long> counts(Map<String, Set<Row>> rows) {
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach((table, some) -> counts.put(table, (long) some.size()));
        counts.remove("users");
        return counts;
    }
}
