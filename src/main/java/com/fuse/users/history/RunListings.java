package com.fuse.users.history;

import com.fuse.users.history.attempt.AttemptRecords;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import com.fuse.users.tables.Deletion;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the list of runs. It does not count the outcomes of completed runs again, because there may be millions. */
public class RunListings {

    /** The runs that are read at once. */
    private static final int PAGE_SIZE = 100;

    private static final String COUNTS = """
            select changed_users, skipped_rows from fuse_batch.runs where id = :run and changed_users is not null
            """;

    /** The gaps between the numbers of runs, purged ones included; the first gap begins at the first number. */
    private static final String UNUSED = """
            with used as (
                select :first - 1 as id
                union all
                select id from fuse_batch.runs where id >= :first
                union all
                select run_id from fuse_batch.purged_runs where run_id >= :first
            )
            select first, last
            from (select id + 1 as first, lead(id) over (order by id) - 1 as last from used) gap
            where first <= last
            order by first
            """;

    private static final String PURGED = """
            select min(run_id) as first, max(run_id) as last
            from (
                select run_id, run_id - row_number() over (order by run_id) as island
                from fuse_batch.purged_runs where run_id >= :first
            ) numbered
            group by island
            order by first
            """;

    private final JdbcClient jdbc;
    private final RunRepository runs;
    private final RunStates states;
    private final AttemptRecords attempts;
    private final Undos undos;

    /** @param deletions every deletion that a deactivation may make */
    public RunListings(JdbcClient jdbc, RunRepository runs, List<Deletion> deletions) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.states = new RunStates(jdbc);
        this.attempts = new AttemptRecords(jdbc);
        this.undos = new Undos(jdbc, deletions);
    }

    /** The runs that the filter accepts, newest first. */
    public List<RunListing> newest(RunFilter filter) {
        List<RunListing> listed = new ArrayList<>();
        List<Run> page = runs.newest(Long.MAX_VALUE, PAGE_SIZE);
        while (!page.isEmpty() && listed.size() < filter.count()) {
            for (Run run : page) {
                if (listed.size() < filter.count() && filter.accepts(run)) {
                    RunState state = states.of(run);
                    if (filter.state() == null || filter.state() == state) {
                        listed.add(listing(run, state));
                    }
                }
            }
            page = runs.newest(page.get(page.size() - 1).id(), PAGE_SIZE);
        }
        return listed;
    }

    /** The numbers from this one on that have no record, because a transaction was rolled back or the server crashed. */
    public List<Numbers> unusedSince(long first) {
        return numbers(UNUSED, first);
    }

    /** The numbers from this one on of runs that were purged. */
    public List<Numbers> purgedSince(long first) {
        return numbers(PURGED, first);
    }

    private List<Numbers> numbers(String query, long first) {
        return jdbc.sql(query)
                .param("first", first)
                .query((row, number) -> new Numbers(row.getLong("first"), row.getLong("last")))
                .list();
    }

    private RunListing listing(Run run, RunState state) {
        Counts counts = jdbc.sql(COUNTS)
                .param("run", run.id())
                .query((row, number) -> new Counts(row.getLong("changed_users"), row.getLong("skipped_rows")))
                .optional()
                .orElseGet(() -> count(run));
        return new RunListing(run, state, counts.changes(), counts.skips(), undos.of(run.id()), attempts.of(run.id()));
    }

    private Counts count(Run run) {
        OutcomeCounts outcomes = OutcomeCounts.of(jdbc, run.id());
        return new Counts(outcomes.changes(), outcomes.skips());
    }

    /** Numbers of runs, from the first to the last. */
    public record Numbers(long first, long last) {

        @Override
        public String toString() {
            return first == last ? String.valueOf(first) : first + " to " + last;
        }
    }

    private record Counts(long changes, long skips) {}
}
