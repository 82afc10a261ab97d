package com.fuse.users.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retries stop forty seconds after the first failure, unless a commit succeeds in between. */
class RetryBudgetTest {

    private long now;
    private final RetryBudget budget = new RetryBudget(() -> now);

    @Test
    void waitsDoubleAndEndFortySecondsAfterTheFirstFailure() {
        List<Long> waits = new ArrayList<>();
        for (Duration wait = budget.nextWait(); wait != null; wait = budget.nextWait()) {
            waits.add(wait.toMillis());
            pass(wait);
        }

        assertThat(waits)
                .containsExactly(
                        100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L, 5_000L, 5_000L, 5_000L, 5_000L);
    }

    @Test
    void aCommitResetsTheBudget() {
        budget.nextWait();
        pass(Duration.ofSeconds(39));
        budget.succeeded();
        pass(Duration.ofSeconds(39));

        assertThat(budget.nextWait()).isEqualTo(Duration.ofMillis(100));
        assertThat(budget.nextWait()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void theWaitForAnAnswerCountsToo() {
        budget.databaseAnswered();
        pass(Duration.ofSeconds(11));
        budget.nextWait();
        pass(Duration.ofSeconds(30));

        assertThat(budget.nextWait()).isNull();
    }

    /** Spring Batch tries to record each failure, which takes time if the database does not answer. */
    @Test
    void theTimeUntilTheAttemptEndsCountsToo() {
        budget.failed();
        pass(Duration.ofSeconds(41));

        assertThat(budget.nextWait()).isNull();
    }

    @Test
    void aFreezeDoesNotCount() {
        budget.databaseAnswered();
        pass(Duration.ofHours(3));

        assertThat(budget.nextWait()).isEqualTo(Duration.ofMillis(100));
        pass(Duration.ofSeconds(20));
        assertThat(budget.nextWait()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void usersOfAChunkThatNeverSucceedsAreTakenApartOnceInsteadOfGivingUp() {
        failFor(40, new UserIds(31, 40));

        assertThat(budget.usersToTakeApart()).isEmpty();
        assertThat(budget.nextWait()).isEqualTo(Duration.ofMillis(100));
        assertThat(budget.usersToTakeApart()).containsExactly(new UserIds(31, 40));
        assertThat(budget.usersToTakeApart()).isEmpty();

        budget.failed(new UserIds(31, 40));
        assertThat(budget.nextWait()).isNull();
        assertThat(budget.usersToTakeApart()).isEmpty();
    }

    @Test
    void afterTheNextCommitAnotherChunkMayBeTakenApart() {
        failFor(40, new UserIds(31, 40));
        budget.nextWait();
        budget.usersToTakeApart();
        budget.succeeded(new UserIds(31, 31));
        failFor(40, new UserIds(51, 60));

        assertThat(budget.nextWait()).isEqualTo(Duration.ofMillis(100));
        assertThat(budget.usersToTakeApart()).containsExactly(new UserIds(51, 60));
    }

    @Test
    void aChunkIsTakenApartEvenIfOthersAreCommittedMeanwhile() {
        for (int seconds = 0; seconds <= 40; seconds++) {
            budget.failed(new UserIds(1, 10));
            budget.nextWait();
            assertThat(budget.usersToTakeApart()).isEmpty();
            budget.succeeded(new UserIds(101 + seconds, 101 + seconds));
            pass(Duration.ofSeconds(1));
        }
        budget.failed(new UserIds(1, 10));
        budget.nextWait();

        assertThat(budget.usersToTakeApart()).containsExactly(new UserIds(1, 10));
    }

    @Test
    void aChunkThatIsCommittedIsForgotten() {
        budget.failed(new UserIds(1, 10));
        budget.succeeded(new UserIds(1, 5));
        pass(Duration.ofSeconds(41));
        budget.failed(new UserIds(11, 20));
        budget.nextWait();

        assertThat(budget.usersToTakeApart()).isEmpty();
    }

    /** An attempt with other partitions cuts other chunks. */
    @Test
    void onlyTheUsersThatFailingChunksHaveInCommonAreTakenApart() {
        budget.failed(new UserIds(1, 10));
        budget.failed(new UserIds(8, 17));
        failFor(40, new UserIds(9, 30));
        budget.nextWait();

        assertThat(budget.usersToTakeApart()).containsExactly(new UserIds(9, 10));
    }

    /** The time between the failure and the end of the wait counts, but not the time before the failure. */
    @Test
    void aWaitBetweenTwoChunksCountsOnlyAsFarAsTheTroubleIsOlder() {
        budget.failed();
        pass(Duration.ofSeconds(30));
        budget.waited(Duration.ofSeconds(25));
        pass(Duration.ofSeconds(34));
        assertThat(budget.nextWait()).isNotNull();

        pass(Duration.ofSeconds(2));
        assertThat(budget.nextWait()).isNull();
    }

    @Test
    void aLongWaitBeforeTheTroubleMakesTheRetriesNoLonger() {
        pass(Duration.ofMinutes(25));
        budget.databaseAnswered();
        budget.failed();
        budget.waited(Duration.ofMinutes(25));

        pass(Duration.ofSeconds(39));
        assertThat(budget.nextWait()).isNotNull();
        pass(Duration.ofSeconds(2));
        assertThat(budget.nextWait()).isNull();
    }

    private void failFor(int seconds, UserIds users) {
        budget.failed(users);
        budget.failed();
        pass(Duration.ofSeconds(seconds).plusNanos(1));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
