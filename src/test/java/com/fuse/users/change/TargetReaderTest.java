package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.liveness.RunDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A partition is read in the order of its user IDs. After the first attempt, users with an outcome are left out. */
@ExtendWith(TestPlatform.class)
class TargetReaderTest {

    private final World world;
    private final RunDatabase runDatabase;

    TargetReaderTest(TestDatabase database, World world) {
        this.world = world;
        runDatabase = new RunDatabase(
                new InterruptibleDataSource(database.job()),
                new JdbcTransactionManager(database.job()),
                Clock.systemUTC());
    }

    @BeforeEach
    void stageTwoRuns() {
        world.execute("insert into fuse_batch.run_users (run_id, user_id, line)"
                + " select 1, n * 10, 100 - n from generate_series(1, 9) n");
        world.execute("insert into fuse_batch.run_users (run_id, user_id, line) values (2, 15, 2)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void readsTheRangeOfItsRunInOrderWithAnyPageSize(int size) throws Exception {
        ItemStreamReader<Target> reader = reader(1, size);

        assertThat(rest(reader))
                .containsExactly(
                        new Target(30, 97, null),
                        new Target(40, 96, null),
                        new Target(50, 95, null),
                        new Target(60, 94, null),
                        new Target(70, 93, null));
        assertThat(reader.read()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void leavesOutUsersWithAnOutcomeInThisRun(int size) throws Exception {
        outcome(1, 97);
        outcome(1, 95);
        outcome(1, 94);
        outcome(2, 96);

        ItemStreamReader<Target> reader = reader(2, size);

        assertThat(rest(reader)).containsExactly(new Target(40, 96, null), new Target(70, 93, null));
    }

    private void outcome(long runId, long line) {
        world.execute(
                "insert into fuse_batch.run_outcomes (run_id, line, outcome, decided_at) values (?, ?, 'FAILED', now())",
                runId,
                line);
    }

    private ItemStreamReader<Target> reader(int attempt, int pageSize) {
        ItemStreamReader<Target> reader = TargetReader.of(runDatabase, new UserRange(1, 30, 70), attempt, pageSize);
        reader.open(new ExecutionContext());
        return reader;
    }

    private static List<Target> rest(ItemReader<Target> reader) throws Exception {
        List<Target> targets = new ArrayList<>();
        for (Target target = reader.read(); target != null; target = reader.read()) {
            targets.add(target);
        }
        return targets;
    }
}
