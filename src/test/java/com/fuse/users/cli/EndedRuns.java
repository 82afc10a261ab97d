package com.fuse.users.cli;

import com.fuse.users.FuseUsers;
import com.fuse.users.World;
import java.util.List;
import java.util.Map;

/** Makes runs that ended some time ago, and reads what a purge leaves of the runs. */
record EndedRuns(World world, FuseUsers fuseUsers) {

    static final String[] PURGE = {"runs", "purge", "--older-than", "30d", "--yes"};

    /** A run that deactivated these users, and ended so long ago. */
    void complete(String user, String ago) {
        fuseUsers.run("deactivate", "--yes", "--user", user).exits(0);
        age(world.count("select max(id) from fuse_batch.runs"), ago);
    }

    /** A run that never got as far as its first attempt. */
    void refused(String ago) {
        world.execute(
                "insert into fuse_batch.runs (command, dry_run, run_key, input_kind, input_name, input_digest,"
                        + " started_at, ended_at, exit_code) values ('deactivate', false, sha256('key'), 'file', 'users.csv',"
                        + " sha256('digest'), now() - ?::interval, now() - ?::interval, 78)",
                ago,
                ago);
    }

    /** A run that ended 31 days ago, with so many records in each of the tables that hold many. */
    void many(int records) {
        refused("31 days");
        world.execute(
                "insert into fuse_batch.run_rows (run_id, line, input) select 1, n, n from"
                        + " generate_series(1, ?) n",
                records);
        world.execute(
                "insert into fuse_batch.run_users (run_id, user_id, line) select 1, n, n from"
                        + " generate_series(1, ?) n",
                records);
        world.execute(
                "insert into fuse_batch.run_outcomes (run_id, line, outcome, decided_at)"
                        + " select 1, n, 'NOT_FOUND', now() from generate_series(1, ?) n",
                records);
        world.execute(
                "insert into fuse_batch.run_chunks (run_id, attempt, committed_at, user_count, deleted_rows)"
                        + " select 1, 1, now(), 1, '{}' from generate_series(1, ?) n",
                records);
    }

    void age(long run, String ago) {
        world.execute(
                "update fuse_batch.runs set started_at = now() - ?::interval, ended_at = now() - ?::interval"
                        + " where id = ?",
                ago,
                ago,
                run);
    }

    /** Every row of every table of the job's, whichever tables there are, but for the trace of purges. */
    Map<String, List<String>> records() {
        return world.rows(world.texts("select 'fuse_batch.' || tablename from pg_tables"
                + " where schemaname = 'fuse_batch' and tablename <> 'purged_runs' order by tablename"));
    }

    List<String> runs() {
        return world.texts("select id from fuse_batch.runs order by id");
    }

    static String last(String printed) {
        return printed.lines().reduce("", (line, next) -> next);
    }
}
