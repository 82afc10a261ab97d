package com.fuse.users.staging;

import com.fuse.users.input.Identifier;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource.Staging;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Finds the users whom a run's rows name, and gives an outcome to the rows that name nobody or somebody named before.
 * Each row either ends up in {@code run_users}, as the first to name its user, or has its outcome.
 *
 * <p>All in the caller's transaction, which must be REPEATABLE READ: the statements have to agree on who exists.
 */
final class TargetResolver {

    private static final String MALFORMED = """
            insert into fuse_batch.run_outcomes (run_id, line, outcome, message, decided_at)
            select run_id, line, 'MALFORMED', problem, :now
            from fuse_batch.run_rows
            where run_id = :run and problem is not null
            """;

    /** Whether the IDs exist is left to the chunks, which look every user up anyway. */
    private static final String BY_USER_ID =
            "select line, user_id, successor::bigint as successor_id from fuse_batch.run_rows where run_id = :run and user_id is not null";

    private static final String BY_USERNAME = """
            select r.line, u.id as user_id, r.successor::bigint as successor_id
            from fuse_batch.run_rows r
            join public.users u on u.username = r.input
            where r.run_id = :run and r.problem is null""";

    private static final String BY_EMAIL = """
            select r.line, u.id as user_id, r.successor::bigint as successor_id
            from fuse_batch.run_rows r
            join public.users u on lower(u.email) = lower(r.input)
            where r.run_id = :run and r.problem is null""";

    private static final String USERS = """
            insert into fuse_batch.run_users (run_id, user_id, line, successor_id)
            select distinct on (user_id) :run, user_id, line, coalesce(successor_id, :successor)
            from (%s) named
            order by user_id, line
            """;

    private static final String DUPLICATES = """
            insert into fuse_batch.run_outcomes (run_id, line, user_id, outcome, message, decided_at)
            select :run, named.line, named.user_id, 'DUPLICATE', format('line %%s names the same user', first.line), :now
            from (%s) named
            join fuse_batch.run_users first on first.run_id = :run and first.user_id = named.user_id
            where first.line <> named.line
            """;

    private static final String UNKNOWN = """
            insert into fuse_batch.run_outcomes (run_id, line, outcome, message, decided_at)
            select :run, line, case when line = first_line then 'NOT_FOUND' else 'DUPLICATE' end,
                   case when line = first_line then format('no user has this %%s: %%s', :identifier, left(input, 100))
                        else format('line %%s names the same unknown user', first_line) end,
                   :now
            from (
                select r.line, r.input, min(r.line) over (partition by %s) as first_line
                from fuse_batch.run_rows r
                where r.run_id = :run and r.problem is null
                  and not exists (select from (%s) named where named.line = r.line)
            ) unknown
            """;

    private final JdbcClient jdbc;
    private final Run run;
    private final OffsetDateTime now;

    TargetResolver(Staging staging) {
        this.jdbc = staging.jdbc();
        this.run = staging.run();
        this.now = staging.now();
    }

    /** Resolves the rows of the run, which have just been staged. */
    void resolve(Identifier identifier) {
        statement(MALFORMED).update();
        String named = named(identifier);
        jdbc.sql(USERS.formatted(named))
                .param("run", run.id())
                .param("successor", run.options().transferAdminTo(), Types.BIGINT)
                .update();
        statement(DUPLICATES.formatted(named)).update();
        if (identifier != Identifier.USER_ID) {
            String key = identifier == Identifier.EMAIL ? "lower(r.input)" : "r.input";
            statement(UNKNOWN.formatted(key, named))
                    .param("identifier", identifier.label())
                    .update();
        }
    }

    private StatementSpec statement(String sql) {
        return jdbc.sql(sql).param("run", run.id()).param("now", now);
    }

    private static String named(Identifier identifier) {
        return switch (identifier) {
            case USER_ID -> BY_USER_ID;
            case USERNAME -> BY_USERNAME;
            case EMAIL -> BY_EMAIL;
        };
    }
}
