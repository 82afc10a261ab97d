package com.fuse.users.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.csv.Identifier;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.input.InputKind;
import com.fuse.users.operation.Operation;
import com.fuse.users.reactivation.Reactivation;
import com.fuse.users.reactivation.Reissue;
import com.fuse.users.reactivation.Undo;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import com.fuse.users.staging.RowSource;
import com.fuse.users.tables.Change;
import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.TableChange;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The migration of the job's role grants the rights of every step of every command. A new step without a grant fails
 * this test instead of a run.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RightsTest {

    private static final RowSource NO_ROWS = run -> {
        throw new UnsupportedOperationException();
    };

    static final List<Arguments> CHANGES = List.of(
            changeOf("deactivate", new Deactivation(NO_ROWS), false),
            changeOf("deactivate with successors", new Deactivation(NO_ROWS), true),
            changeOf("reactivate", new Reactivation(NO_ROWS), false),
            changeOf("undo", new Undo(1, false), false),
            changeOf("undo --with-memberships", new Undo(1, true), false),
            changeOf("reissue-certificates", new Reissue(NO_ROWS), false));

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient job = JdbcClient.create(database.job());

    @AfterAll
    void drop() {
        database.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("CHANGES")
    void theJobsRoleHasTheRightsThatEveryStepNeeds(String command, Change change) {
        assertThat(missing(change))
                .as("rights that the role fuse_users_job lacks for \"%s\"; grant them in V5__job_role.sql", command)
                .isEmpty();
    }

    @Test
    void aStepWithoutItsGrantIsNamed() {
        assertThat(missing(new Change(null, List.of(Deletion.ofAll("notifications")))))
                .containsExactly(
                        "this login may not delete notifications; grant it the role fuse_users_job, and run \"migrate\" as the owner",
                        "delete notifications: ERROR: permission denied for table notifications");
    }

    /** {@link Rights} names the right to write; PostgreSQL's check of the queries finds columns that cannot be read too. */
    private List<String> missing(Change change) {
        List<String> missing = new ArrayList<>();
        try {
            new Rights(job, change).require();
        } catch (RefusedException e) {
            missing.add(String.valueOf(e.getMessage()));
        }
        for (TableChange step : change.tables()) {
            Stream.of(step.rows(), step.statement())
                    .flatMap(this::refusal)
                    .distinct()
                    .forEach(refusal -> missing.add("%s %s: %s".formatted(step.privilege(), step.table(), refusal)));
        }
        return missing;
    }

    /** EXPLAIN needs the rights of the query, but does not run it. */
    private Stream<String> refusal(String query) {
        try {
            job.sql("explain " + query)
                    .param("users", new Long[] {1L})
                    .param("run", 1)
                    .param("now", OffsetDateTime.parse("2024-01-01T00:00:00Z"))
                    .query()
                    .listOfRows();
            return Stream.empty();
        } catch (DataAccessException e) {
            return Stream.of(String.valueOf(e.getMostSpecificCause().getMessage()));
        }
    }

    private static Arguments changeOf(String command, Operation operation, boolean namesSuccessors) {
        RunOptions options = new RunOptions(ColumnChoice.NONE, false, null, null, null, false);
        Run run = new Run(
                1,
                "",
                options,
                null,
                InputKind.FILE,
                "",
                "",
                null,
                List.of(),
                List.of(Identifier.USER_ID),
                false,
                null,
                namesSuccessors,
                null,
                Instant.EPOCH,
                null,
                null,
                false,
                new DatabaseLogin("localhost", 5432, "fuse", "fuse_users"),
                null,
                false);
        return Arguments.of(command, operation.change(run));
    }
}
