package com.fuse.users.reactivation;

import com.fuse.users.csv.Identifier;
import com.fuse.users.run.StagedInput;
import com.fuse.users.staging.RowSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The users whom a run deactivated, each on the line that names the user in that run's input. */
record DeactivatedUsers(long undoneRunId) implements RowSource {

    private static final String ROWS = """
            insert into fuse_batch.run_rows (run_id, line, input, user_id)
            select :run, line, user_id::text, user_id
            from fuse_batch.run_outcomes
            where run_id = :undone and outcome = 'DEACTIVATED'
            order by line
            """;

    private static final String USERS = """
            insert into fuse_batch.run_users (run_id, user_id, line)
            select run_id, user_id, line from fuse_batch.run_rows where run_id = :run order by user_id
            """;

    @Override
    public StagedInput stage(Staging staging) {
        JdbcClient jdbc = staging.jdbc();
        long runId = staging.run().id();
        long count =
                jdbc.sql(ROWS).param("run", runId).param("undone", undoneRunId).update();
        jdbc.sql(USERS).param("run", runId).update();
        return new StagedInput(
                "the users whom run %d deactivated".formatted(undoneRunId),
                List.of(),
                List.of(Identifier.USER_ID),
                false,
                count,
                false);
    }
}
