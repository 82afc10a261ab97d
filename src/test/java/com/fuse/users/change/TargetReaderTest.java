package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.test.MetaDataInstanceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A partition is read in the order of its user IDs, from where the last committed chunk ended. */
class TargetReaderTest {

    private final TestDatabase database = TestDatabase.create();
    private final World world = new World(database);
    private final JdbcClient jdbc = JdbcClient.create(database.job());
    private final StepExecution stepExecution = MetaDataInstanceFactory.createStepExecution();

    @BeforeEach
    void stageTwoRuns() {
        world.execute("insert into fuse_batch.run_users (run_id, user_id, line)"
                + " select 1, n * 10, 100 - n from generate_series(1, 9) n");
        world.execute("insert into fuse_batch.run_users (run_id, user_id, line) values (2, 15, 2)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void readsItsRangeOfItsRunInOrderWhateverThePageSize(int pageSize) {
        TargetReader reader = new TargetReader(jdbc, new UserRange(1, 30, 70), pageSize);
        reader.open(stepExecution.getExecutionContext());

        assertThat(rest(reader))
                .containsExactly(
                        new Target(30, 97),
                        new Target(40, 96),
                        new Target(50, 95),
                        new Target(60, 94),
                        new Target(70, 93));
        assertThat(reader.read()).isNull();
    }

    @Test
    void resumesAfterTheLastUserWhosePositionWasSaved() {
        ExecutionContext saved = stepExecution.getExecutionContext();
        TargetReader reader = new TargetReader(jdbc, new UserRange(1, 1, Long.MAX_VALUE), 2);
        reader.open(saved);
        reader.read();
        reader.read();
        reader.read();
        reader.update(saved);
        reader.read();

        TargetReader resumed = new TargetReader(jdbc, new UserRange(1, 1, Long.MAX_VALUE), 5);
        resumed.open(saved);

        assertThat(rest(resumed)).extracting(Target::userId).containsExactly(40L, 50L, 60L, 70L, 80L, 90L);
    }

    @Test
    void aReaderThatIsOpenedAgainForgetsWhatItHadFetched() {
        ExecutionContext saved = stepExecution.getExecutionContext();
        TargetReader reader = new TargetReader(jdbc, new UserRange(1, 1, Long.MAX_VALUE), 5);
        reader.open(saved);
        reader.read();
        reader.update(saved);
        reader.read();

        reader.open(saved);

        assertThat(rest(reader)).extracting(Target::userId).startsWith(20L).hasSize(8);
    }

    @Test
    void anEndedPartitionHasNothingLeft() {
        ExecutionContext saved = stepExecution.getExecutionContext();
        TargetReader reader = new TargetReader(jdbc, new UserRange(1, 30, 70), 2);
        reader.open(saved);
        rest(reader);
        reader.update(saved);

        reader.open(saved);

        assertThat(rest(reader)).isEmpty();
    }

    private static List<Target> rest(TargetReader reader) {
        List<Target> targets = new ArrayList<>();
        for (Target target = reader.read(); target != null; target = reader.read()) {
            targets.add(target);
        }
        return targets;
    }
}
