package com.fuse.users.staging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the planner knows of the tables is what earlier runs left there, of which the next run's rows are none: it must
 * not find a plan good then that compares each row with each.
 */
class StagingCostTest {

    private static final int ROWS = 5_000;
    private static final int READS_A_ROW = 30;

    private final TestDatabase database = TestDatabase.create();
    private final World world = new World(database);
    private final FuseUsers fuseUsers;

    StagingCostTest(@TempDir Path folder) {
        fuseUsers = new FuseUsers(database, folder);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"user_id,''", "username,user", "username,unknown"})
    void theSecondRunReadsEachRowAFewTimes(String column, String prefix) {
        world.users(1, ROWS);
        plan("first.csv", column, prefix, ROWS);
        world.execute("analyze");
        long before = reads();

        plan("second.csv", column, prefix, ROWS - 1);

        assertThat(reads() - before).isBetween((long) ROWS, (long) READS_A_ROW * ROWS);
    }

    @Test
    void aRunThatIsHeldToAPlanAndItsUndoReadEachRowAFewTimes() {
        world.users(1, ROWS);
        plan("first.csv", "user_id", "", ROWS - 1);
        world.execute("analyze");
        String input = plan("leavers.csv", "user_id", "", ROWS);
        long before = reads();

        run("deactivate", "--yes", "--max-percent", "100", "--plan", "2", input);
        long held = reads();
        run("undo", "--yes", "--with-memberships", "3");

        assertThat(held - before).isBetween((long) ROWS, (long) READS_A_ROW * ROWS);
        assertThat(reads() - held).isBetween((long) ROWS, (long) READS_A_ROW * ROWS);
    }

    private String plan(String name, String column, String prefix, int rows) {
        String input = fuseUsers.input(
                name,
                Stream.concat(Stream.of(column), LongStream.rangeClosed(1, rows).mapToObj(id -> prefix + id))
                        .toArray(String[]::new));
        run("deactivate", "--dry-run", "--accept-skips", "--max-percent", "100", input);
        return input;
    }

    private void run(String... command) {
        FuseUsers.Result result = fuseUsers.run(command);
        assertThat(result.exit()).as(result.err()).isZero();
    }

    /** Rows read of the run's tables, as their sessions have told when they ended. */
    private long reads() {
        return world.count("select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint"
                + " from pg_stat_user_tables where relname in ('run_rows', 'run_users', 'run_outcomes')");
    }
}
