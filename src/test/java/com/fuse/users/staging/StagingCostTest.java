package com.fuse.users.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The planner's statistics come from earlier runs and know no row of the next run. Even then it must not choose a plan
 * that compares each row with every other.
 */
@ExtendWith(TestPlatform.class)
record StagingCostTest(World world, FuseUsers fuseUsers) {

    private static final int ROWS = 5_000;
    // Servers differ in their plans by a few; one that compares each with each reads thousands.
    private static final int READS_A_ROW = 100;

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
    void aRunHeldToAPlanAndItsUndoReadEachRowAFewTimes() {
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
        fuseUsers.run(command).exits(0);
    }

    /** Rows read of the run's tables. Sessions tell when they end, and servers before 15 pass it on twice a second. */
    private long reads() {
        AtomicLong last = new AtomicLong(-1);
        return await().during(Duration.ofSeconds(1)).until(this::readsTold, told -> told == last.getAndSet(told));
    }

    private long readsTold() {
        return world.count("select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint"
                + " from pg_stat_user_tables where relname in ('run_rows', 'run_users', 'run_outcomes')");
    }
}
