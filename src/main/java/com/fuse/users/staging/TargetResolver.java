package com.fuse.users.staging;

import com.fuse.users.input.Identifier;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource.Staging;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Finds the users whom a run's rows name. The first row that names a user adds the user to {@code run_users}. Every
 * other row gets an outcome: it is malformed, or has an unknown e-mail address or username, or names the user of an
 * earlier row.
 *
 * <p>Works in the caller's transaction, which must be REPEATABLE READ: all statements must see the same users.
 */
final class TargetResolver {

    private static final String MALFORMED = """
            insert into fuse_batch.run_outcomes (run_id, line, outcome, message, decided_at)
            select run_id, line, 'MALFORMED', problem, :now
            from fuse_batch.run_rows
            where run_id = :run and problem is not null
            """;

    /** Does not check that the IDs exist, because the chunks look every user up anyway. */
    private static final String BY_USER_ID = """
            select r.line, r.user_id, r.successor
            from fuse_batch.run_rows r
            where r.run_id = :run and r.user_id is not null""";

    private static final String BY_NAME = """
            select r.line, u.id as user_id, r.successor
            from fuse_batch.run_rows r
            join public.users u on %s
            where r.run_id = :run and r.problem is null""";

    /**
     * Reads the run's rows once, without a self-join: until the table is analyzed, the planner expects a handful of
     * rows, and would compare each row with each other row.
     */
    private static final String NAMED = """
            with named as materialized (
                select line, user_id, successor, first_value(line) over (partition by user_id order by line) as first_line
                from (%s) row
            ),
            users as (
                insert into fuse_batch.run_users (run_id, user_id, line, successor_id)
                select :run, user_id, line, coalesce(successor::bigint, :successor)
                from named
                where line = first_line
            )
            insert into fuse_batch.run_outcomes (run_id, line, user_id, outcome, message, decided_at)
            select :run, line, user_id, 'DUPLICATE', format('line %%s names the same user', first_line), :now
            from named
            where line <> first_line
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
                left join public.users u on %s
                where r.run_id = :run and r.problem is null and u.id is null
            ) unknown
            """;

    /**
     * The expressions that match a row with a user if the row holds no ID.
     *
     * @param row over {@code run_rows r}
     * @param user over {@code users u}; an index exists for it
     */
    private record Key(String row, String user) {

        static Key of(Identifier identifier) {
            return identifier == Identifier.EMAIL
                    ? new Key("lower(r.input)", "lower(u.email)")
                    : new Key("r.input", "u.username");
        }

        String match() {
            return "%s = %s".formatted(user, row);
        }
    }

    private final JdbcClient jdbc;
    private final Run run;
    private final OffsetDateTime now;

    TargetResolver(Staging staging) {
        this.jdbc = staging.jdbc();
        this.run = staging.run();
        this.now = staging.now();
    }

    /** Resolves the staged rows of the run. */
    void resolve(Identifier identifier) {
        statement(MALFORMED).update();
        if (identifier == Identifier.USER_ID) {
            resolve(BY_USER_ID);
        } else {
            Key key = Key.of(identifier);
            resolve(BY_NAME.formatted(key.match()));
            statement(UNKNOWN.formatted(key.row(), key.match()))
                    .param("identifier", identifier.label())
                    .update();
        }
    }

    private void resolve(String named) {
        statement(NAMED.formatted(named))
                .param("successor", run.options().transferAdminTo(), Types.BIGINT)
                .update();
    }

    private StatementSpec statement(String sql) {
        return jdbc.sql(sql).param("run", run.id()).param("now", now);
    }
}
