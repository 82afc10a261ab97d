package com.fuse.users.preflight;

import com.fuse.users.run.ExitCode;
import com.fuse.users.run.RefusedException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the login must be allowed to do, asked before the first write, and of a plan too: it ends as the run would. */
record Rights(JdbcClient jdbc, List<String> deletedFrom) {

    private static final String MISSING = """
            select lacking
            from (
                select 'delete from ' || name, has_table_privilege('public.' || name, 'delete')
                from unnest(:tables) as name
                union all
                select 'update users', has_column_privilege('public.users', 'active', 'update')
                                       and has_column_privilege('public.users', 'deactivated_at', 'update')
            ) as rights (lacking, granted)
            where not granted
            order by lacking
            """;

    /** @throws RefusedException if a right is missing, which is named */
    void require() {
        List<String> missing = jdbc.sql(MISSING)
                .param("tables", deletedFrom.toArray(String[]::new))
                .query(String.class)
                .list();
        if (!missing.isEmpty()) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "this login may not %s; grant it the role fuse_users_job"
                            .formatted(String.join(", nor ", missing)));
        }
    }
}
