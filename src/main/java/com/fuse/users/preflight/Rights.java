package com.fuse.users.preflight;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.tables.Change;
import com.fuse.users.tables.TableChange;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks the login's rights before the first write. A plan is checked too, so that it ends as the run would. */
public record Rights(JdbcClient jdbc, Change change) {

    // The right to insert is granted on the columns that the program fills; the right to delete exists only on tables.
    private static final String MISSING = """
            select lacking
            from (
                select privilege || ' ' || name,
                       case privilege
                           when 'insert' then has_any_column_privilege('public.' || name, privilege)
                           else has_table_privilege('public.' || name, privilege)
                       end
                from unnest(:privileges, :tables) as step (privilege, name)
                union all
                select 'update users', has_column_privilege('public.users', 'active', 'update')
                                       and has_column_privilege('public.users', 'deactivated_at', 'update')
            ) as rights (lacking, granted)
            where not granted
            order by lacking
            """;

    /** Row security is off in the job's sessions: then the server refuses a statement from which it would hide rows. */
    private static final String HIDDEN = """
            select name from unnest(:tables) as step (name) where row_security_active('public.' || name) order by name
            """;

    /** @throws RefusedException if a right is missing, or if row security hides rows; the message names the tables */
    public void require() {
        List<String> missing = jdbc.sql(MISSING)
                .param("privileges", ofTables(TableChange::privilege))
                .param("tables", ofTables(TableChange::table))
                .query(String.class)
                .list();
        if (!missing.isEmpty()) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "this login may not %s; grant it the role fuse_users_job, and run \"migrate\" as the owner"
                            .formatted(String.join(", nor ", missing)));
        }
        List<String> hidden = jdbc.sql(HIDDEN)
                .param(
                        "tables",
                        Stream.concat(Stream.of("users"), Stream.of(ofTables(TableChange::table)))
                                .distinct()
                                .toArray(String[]::new))
                .query(String.class)
                .list();
        if (!hidden.isEmpty()) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "row security hides rows of %s from this login; give the login the attribute BYPASSRLS, or disable row security there"
                            .formatted(String.join(", ", hidden)));
        }
    }

    private String[] ofTables(Function<TableChange, String> value) {
        return change.tables().stream().map(value).toArray(String[]::new);
    }
}
