package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far an unfinished run has come, in users of its work list.
 *
 * @param done the users who have their outcome
 * @param changed how many of them are changed
 * @param left the users without an outcome
 */
public record UserProgress(long done, long changed, long left) {

    private static final String SELECT = """
            select (select row_count from fuse_batch.runs where id = :run) as rows,
                   (select count(*) from fuse_batch.run_users where run_id = :run) as users,
                   (select coalesce(sum(user_count), 0) from fuse_batch.run_chunks where run_id = :run) as done,
                   (select count(*) from fuse_batch.run_outcomes
                    where run_id = :run and outcome in (:changes)) as changed
            """;

    private record Counted(@Nullable Long rows, long users, long done, long changed) {}

    static Optional<UserProgress> of(JdbcClient jdbc, long runId) {
        Counted counted = jdbc.sql(SELECT)
                .param("run", runId)
                .param("changes", Outcome.changes().stream().map(Outcome::name).toList())
                .query(Counted.class)
                .single();
        return counted.rows() == null
                ? Optional.empty()
                : Optional.of(new UserProgress(counted.done(), counted.changed(), counted.users() - counted.done()));
    }
}
