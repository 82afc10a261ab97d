package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.test.MetaDataInstanceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every user of a run is in exactly one partition, and the sizes of two partitions differ by at most one. */
@ExtendWith(TestPlatform.class)
class UserRangePartitionerTest {

    private final World world;
    private final JdbcClient jdbc;

    UserRangePartitionerTest(TestDatabase database, World world) {
        this.world = world;
        jdbc = JdbcClient.create(database.job());
    }

    @ParameterizedTest(name = "{0} users in {1} partitions")
    @CsvSource({"1, 1", "1, 16", "2, 2", "3, 2", "3, 3", "16, 16", "17, 16", "100, 7", "1000, 2"})
    void partitionsCoverEveryUserOnceInEqualParts(int users, int gridSize) {
        stage(users);

        List<UserRange> ranges = partition(1, gridSize);

        assertThat(ranges).hasSize(Math.min(users, gridSize));
        assertThat(ranges.get(0).first()).isEqualTo(1);
        assertThat(ranges.get(ranges.size() - 1).last()).isEqualTo(Long.MAX_VALUE);
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).first()).isEqualTo(ranges.get(i - 1).last() + 1);
        }
        List<Long> sizes = ranges.stream().map(this::usersIn).toList();
        assertThat(sizes.stream().mapToLong(Long::longValue).sum()).isEqualTo(users);
        assertThat(Set.copyOf(sizes)).isSubsetOf((long) users / ranges.size(), (long) users / ranges.size() + 1);
    }

    @Test
    void aRunWithoutUsersHasOnePartition() {
        assertThat(partition(1, 4)).containsExactly(new UserRange(1, 1, Long.MAX_VALUE));
    }

    @Test
    void theLastPartitionCoversTheHighestPossibleUserId() {
        world.execute("insert into fuse_batch.run_users values (1, 1, 1), (1, ?, 2)", Long.MAX_VALUE);

        assertThat(partition(1, 2).stream().map(this::usersIn)).containsExactly(1L, 1L);
    }

    @Test
    void onlyUsersWithoutAnOutcomeCountInALaterAttempt() {
        stage(100);
        world.execute(
                "insert into fuse_batch.run_outcomes (run_id, line, user_id, outcome, decided_at)"
                        + " select 1, line, user_id, 'DEACTIVATED', now() from fuse_batch.run_users where run_id = 1 and line <= 80");

        assertThat(partition(2, 2))
                .containsExactly(new UserRange(1, 1, 90 * 90 * 5), new UserRange(1, 90 * 90 * 5 + 1, Long.MAX_VALUE));
    }

    @Test
    void aPartitionHasTwentyChunksIfOtherProcessesAreToHelpAndAHundredOtherwise() {
        stage(1_000);

        assertThat(new UserRangePartitioner(jdbc, 1, 1, 5, true).partition(2)).hasSize(10);
        assertThat(new UserRangePartitioner(jdbc, 1, 1, 5, false).partition(2)).hasSize(2);
        assertThat(new UserRangePartitioner(jdbc, 1, 1, 2, false).partition(2)).hasSize(5);
    }

    @Test
    void theStepContextHoldsTheWholePartitionUnderANameWithTheAttempt() {
        stage(10);

        Map<String, ExecutionContext> contexts = new UserRangePartitioner(jdbc, 1, 3, 500, true).partition(2);

        assertThat(contexts.keySet()).containsExactly("attempt3-partition0", "attempt3-partition1");
        StepExecution step = MetaDataInstanceFactory.createStepExecution();
        step.setExecutionContext(Objects.requireNonNull(contexts.get("attempt3-partition1")));
        assertThat(UserRange.from(step.getExecutionContext())).isEqualTo(new UserRange(1, 126, Long.MAX_VALUE));
    }

    private void stage(int users) {
        world.execute(
                "insert into fuse_batch.run_users (run_id, user_id, line)"
                        + " select 1, n * n * 5, n from generate_series(1, ?) n",
                users);
        world.execute(
                "insert into fuse_batch.run_users (run_id, user_id, line) select 2, n, n from generate_series(1, 9) n");
    }

    private List<UserRange> partition(int attempt, int gridSize) {
        List<UserRange> ranges = new ArrayList<>();
        new UserRangePartitioner(jdbc, 1, attempt, 500, true)
                .partition(gridSize)
                .values()
                .forEach(context -> ranges.add(UserRange.from(context)));
        ranges.sort(Comparator.comparing(UserRange::first));
        return ranges;
    }

    private long usersIn(UserRange range) {
        return world.count(
                "select count(*) from fuse_batch.run_users where run_id = 1 and user_id between ? and ?",
                range.first(),
                range.last());
    }
}
