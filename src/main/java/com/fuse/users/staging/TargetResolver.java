package com.fuse.users.staging;

import com.fuse.users.csv.Identifier;
import com.fuse.users.csv.InputFormat;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource.Staging;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Finds the users whom a run's rows name. The first row that names a user adds the user to {@code run_users}. Every
 * other row gets an outcome: it is malformed, or contradicts itself or the command, or has an unknown e-mail address or
 * username, or names the user of an earlier row.
 *
 * <p>Works in the caller's transaction, which must be REPEATABLE READ: all statements must see the same users.
 */
final class TargetResolver {

    /** A stray quote has swallowed a row only if one of the names within the field exists. */
    private static final String MALFORMED_ROW = """
            (r.problem is not null
             and (r.swallowed is null or exists (select from public.users s where s.username = any(r.swallowed))))""";

    private static final String MALFORMED = """
            insert into fuse_batch.run_outcomes (run_id, line, outcome, message, decided_at)
            select r.run_id, r.line, 'MALFORMED', r.problem, :now
            from fuse_batch.run_rows r
            where r.run_id = :run and %s
            """;

    private static final String OTHER_STATE = """
            insert into fuse_batch.run_outcomes (run_id, line, outcome, message, decided_at)
            select run_id, line, 'MISMATCH',
                   format('the column active says %%s, but this command makes users %%s; correct the row, or remove the column',
                          case when active then 'true' else 'false' end, :state),
                   :now
            from fuse_batch.run_rows r
            where run_id = :run and %s and active <> :activeAfter
            """;

    /** Does not check that the IDs exist, because the chunks look every user up anyway. */
    private static final String BY_USER_ID = """
            select r.line, r.user_id, r.successor
            from fuse_batch.run_rows r
            where r.run_id = :run and %s""";

    private static final String BY_NAME = """
            select r.line, u.id as user_id, r.successor
            from fuse_batch.run_rows r
            join public.users u on %s
            where r.run_id = :run and %s""";

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

    private final Staging staging;
    private final JdbcClient jdbc;
    private final Run run;
    private final OffsetDateTime now;
    private final InputFormat format;
    private final @Nullable Boolean activeAfter;

    /** @param activeAfter the state that the command gives its users; null if it gives none */
    TargetResolver(Staging staging, InputFormat format, @Nullable Boolean activeAfter) {
        this.staging = staging;
        this.jdbc = staging.jdbc();
        this.run = staging.run();
        this.now = staging.now();
        this.format = format;
        this.activeAfter = activeAfter;
    }

    /**
     * Resolves the staged rows of the run.
     *
     * @param swallowed whether a row is malformed only if a username exists
     */
    void resolve(boolean swallowed) {
        String malformed = swallowed ? MALFORMED_ROW : "r.problem is not null";
        statement(MALFORMED.formatted(malformed)).update();
        String usable = "not " + malformed;
        if (format.statesActive() && activeAfter != null) {
            statement(OTHER_STATE.formatted(usable))
                    .param("activeAfter", activeAfter)
                    .param("state", activeAfter ? "active" : "inactive")
                    .update();
            usable += " and r.active is distinct from " + !activeAfter;
        }
        if (format.identifiers().size() > 1) {
            resolveSeveral(usable);
        } else {
            resolve(format.identifiers().get(0), usable);
        }
    }

    private void resolveSeveral(String usable) {
        // Knowing how many rows there are, the planner reads many users in one pass and looks few up one by one.
        jdbc.sql("select fuse_batch.analyze_staged_rows()").query().listOfRows();
        withSuccessor(SeveralIdentifiers.statement(usable))
                .param("userIdHeading", format.heading(Identifier.USER_ID))
                .param("usernameHeading", format.heading(Identifier.USERNAME))
                .param("emailHeading", format.heading(Identifier.EMAIL))
                .update();
        new UnknownUsers(staging, format).record();
    }

    private void resolve(Identifier identifier, String usable) {
        if (identifier == Identifier.USER_ID) {
            withSuccessor(FirstRows.statement(BY_USER_ID.formatted(usable))).update();
            return;
        }
        Key key = Key.of(identifier);
        withSuccessor(FirstRows.statement(BY_NAME.formatted(key.match(), usable)))
                .update();
        new UnknownUsers(staging, format).record();
    }

    private StatementSpec withSuccessor(String sql) {
        return statement(sql).param("successor", run.options().transferAdminTo(), Types.BIGINT);
    }

    private StatementSpec statement(String sql) {
        return jdbc.sql(sql).param("run", run.id()).param("now", now);
    }
}
