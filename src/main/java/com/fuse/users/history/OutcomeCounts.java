package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The decided rows of a run.
 *
 * @param byOutcome in the order of {@link Outcome}, without outcomes that have no rows
 */
record OutcomeCounts(Map<Outcome, Long> byOutcome) {

    private static final String SELECT =
            "select outcome, count(*) as rows from fuse_batch.run_outcomes where run_id = :run group by outcome";

    /** Takes a second for millions of rows. */
    static OutcomeCounts of(JdbcClient jdbc, long run) {
        Map<Outcome, Long> rows = new EnumMap<>(Outcome.class);
        jdbc.sql(SELECT).param("run", run).query(row -> {
            rows.put(Outcome.valueOf(row.getString("outcome")), row.getLong("rows"));
        });
        return new OutcomeCounts(rows);
    }

    /** The users who got the requested change. */
    long changes() {
        return sum(Outcome.changes());
    }

    /** The skipped rows. */
    long skips() {
        return sum(Outcome.skips());
    }

    private long sum(Set<Outcome> outcomes) {
        return outcomes.stream()
                .mapToLong(outcome -> byOutcome.getOrDefault(outcome, 0L))
                .sum();
    }
}
