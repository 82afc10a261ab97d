package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Isolating a user whom the database refuses takes a number of statements proportional to the logarithm of the chunk,
 * and no extra transaction. Chunks without such a user cost the same as always.
 */
@ExtendWith(TestPlatform.class)
class PoisonCostTest {

    private static final int USERS = 10_000;
    private static final int CHUNKS = 10;
    private static final int HALVINGS_OF_A_CHUNK = 10;

    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;

    PoisonCostTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
    }

    @Test
    void isolatingThreeOfTenThousandUsersTakesLogarithmicallyManyStatementsAndNoExtraTransaction() {
        countStatements();
        Poison.OF_UPDATES.hold(world, 7, 4_444, 4_445);

        fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        "--max-percent",
                        "100",
                        "--chunk-size",
                        "1000",
                        fuseUsers.input("leavers.csv", crowd.lines()))
                .exits(4);

        assertThat(crowd.untouched()).containsExactly(7L, 4_444L, 4_445L);
        assertThat(crowd.deactivated()).hasSize(USERS - 3);
        assertThat(fuseUsers.report(1, "skipped.csv"))
                .containsExactly(
                        "user_id,line,outcome,community_ids,message",
                        "7,8,FAILED,,user 7 is on hold (SQLSTATE 23514)",
                        "4444,4445,FAILED,,user 4444 is on hold (SQLSTATE 23514)",
                        "4445,4446,FAILED,,user 4445 is on hold (SQLSTATE 23514)");
        assertThat(crowd.recordedDeletions(1)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(USERS, USERS - 3));
        // Each halving tries two halves; each of the two chunks records its refusals by one more.
        assertThat(world.count("select last_value from test_sessions.statements"))
                .isBetween(CHUNKS + 2L * HALVINGS_OF_A_CHUNK, CHUNKS + 3L * 2 * HALVINGS_OF_A_CHUNK + 2);
        assertThat(world.count("select sum(rollback_count) from fuse_batch.batch_step_execution"))
                .isZero();
        assertThat(world.count(
                        "select sum(commit_count) from fuse_batch.batch_step_execution where step_name like 'users:%'"))
                .isLessThanOrEqualTo(CHUNKS + 2);
    }

    /** Counts the statements that write outcomes, also those that fail: a sequence is not rolled back. */
    private void countStatements() {
        world.execute("create sequence test_sessions.statements");
        world.execute("create function test_sessions.count_statement() returns trigger language plpgsql"
                + " security definer as $$ begin perform nextval('test_sessions.statements'); return null; end $$");
        world.execute("create trigger count_statement before insert on fuse_batch.run_outcomes"
                + " for each statement execute function test_sessions.count_statement()");
    }
}
