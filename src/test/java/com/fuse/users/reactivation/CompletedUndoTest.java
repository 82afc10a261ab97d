package com.fuse.users.reactivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.AnsweredCommand;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A second undo completes the memberships of users whom the first one reactivated and who have been active since. Run 1
 * deactivated the users 1 to 3, each a member of the communities 1, 2 and 3; run 2 undid it without memberships.
 */
@ExtendWith(TestPlatform.class)
class CompletedUndoTest {

    private static final String HEADER = "line,input,user_id,outcome,community_ids,message";
    private static final String COMPLETED =
            "ALREADY_ACTIVE,,active since run 2; becomes a member again where run 1 ended the membership";

    /** With the transaction that wrote them. */
    private static final String ACCOUNTS = "select concat_ws(' ', xmin, t) from users t order by id";

    private final World world;
    private final FuseUsers fuseUsers;

    CompletedUndoTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        world.users(1, 3);
        world.execute("update users set created_at = '2023-01-02T03:04:05Z'");
        world.execute(
                "insert into community_memberships (community_id, user_id) select c, u from generate_series(1, 3) c,"
                        + " generate_series(1, 3) u");
        fuseUsers.run("deactivate", "--yes", "--user", "1", "--user", "2", "--user", "3");
    }

    @Test
    void restoresOnlyTheMembershipsThatAreMissing() {
        fuseUsers.run("undo", "--yes", "1").exits(0);
        world.member(2, 3);
        world.completion(1, 10);
        world.deleteCommunity(3);
        world.community(3);
        world.deleteUser(3);
        List<String> accounts = world.texts(ACCOUNTS);
        String start = world.now();

        FuseUsers.Result undo =
                fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(4);

        assertThat(undo.out()).contains("3 rows name 3 users; 2 would be reactivated or become members again, of 2");
        assertThat(world.addedSince(start))
                .containsExactly("1 member of 2", "1 member of 3", "2 member of 2", "2 member of 3");
        assertThat(world.texts(ACCOUNTS)).isEqualTo(accounts);
        assertThat(fuseUsers.outcomes(3))
                .containsExactly(
                        HEADER, "1,1,1," + COMPLETED, "2,2,2," + COMPLETED, "3,3,3,NOT_FOUND,,there is no user 3");
        assertThat(fuseUsers.summary(3))
                .contains(
                        entry("outcomes", Map.of("ALREADY_ACTIVE", 2, "NOT_FOUND", 1)),
                        entry("added_rows", Map.of("community_memberships", 4, "certificates", 0)),
                        entry("not_restored", Map.of("community_memberships", 2)));
        assertThat(fuseUsers.run("runs", "show", "1").out()).contains("\nUndone by run 2, run 3\n");
    }

    /** User 1 was deactivated and reactivated by runs, user 2 by the platform, user 3 never. */
    @Test
    void leavesUsersAloneWhoWereInactiveInBetween() {
        fuseUsers.run("undo", "--yes", "1").exits(0);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        fuseUsers.run("reactivate", "--yes", "--user", "1").exits(0);
        world.execute("delete from community_memberships where user_id = 2");
        world.member(2, World.GLOBAL);
        String start = world.now();

        fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);

        assertThat(world.addedSince(start)).containsExactly("3 member of 2", "3 member of 3");
        String untouched = "ALREADY_ACTIVE,,active; the account has existed since 2023-01-02T03:04:05Z";
        assertThat(fuseUsers.outcomes(5))
                .containsExactly(HEADER, "1,1,1," + untouched, "2,2,2," + untouched, "3,3,3," + COMPLETED);
    }

    @Test
    void leavesUsersAloneWhomNoUndoReactivated() {
        fuseUsers
                .run("reactivate", "--yes", "--user", "1", "--user", "2", "--user", "3")
                .exits(0);
        fuseUsers.run("undo", "--dry-run", "1").exits(0);
        String start = world.now();

        fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);

        assertThat(world.addedSince(start)).isEmpty();
    }

    @Test
    void doesNotReturnAUserToACommunityThatTheUserHasLeftSince() {
        fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);
        world.execute("delete from community_memberships where user_id = 1 and community_id = 2");
        String start = world.now();

        fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);

        assertThat(world.addedSince(start)).isEmpty();
        assertThat(fuseUsers.summary(3)).contains(entry("outcomes", Map.of("ALREADY_ACTIVE", 3)));
    }

    @Test
    void thePlanSaysWhatTheSecondUndoDoes() {
        fuseUsers.run("undo", "--yes", "1").exits(0);
        Map<String, List<String>> before = world.platform();

        fuseUsers.run("undo", "--dry-run", "--with-memberships", "1").exits(0);

        assertThat(world.platform()).isEqualTo(before);
        FuseUsers.Result undo = fuseUsers
                .run("undo", "--yes", "--plan", "3", "--with-memberships", "1")
                .exits(0);
        assertThat(undo.out()).contains("\nEvery row came out as planned by run 3\n");
        assertThat(fuseUsers.summary(3))
                .contains(entry("added_rows", Map.of("community_memberships", 6, "certificates", 0)));
        assertThat(fuseUsers.summary(4))
                .contains(entry("added_rows", fuseUsers.summary(3).get("added_rows")));
    }

    @Test
    void theQuestionSaysHowManyMembershipsAreNotRestored() throws Exception {
        world.deleteCommunity(3);

        AnsweredCommand plain = AnsweredCommand.run(fuseUsers, "n", "undo", "1");

        assertThat(plain.exit()).isEqualTo(77);
        assertThat(plain.shown())
                .contains(
                        "\nNot restored by any undo: tokens, membership requests, admin roles that were transferred, and"
                                + " certificates of communities other than the global one (see reissue-certificates).\n"
                                + "3 memberships will not be restored; --with-memberships restores them, also later. 3 memberships"
                                + " will not be restored, because the community is gone. Reactivate 3 users on "
                                + fuseUsers.database() + "? [y/N] ");
        assertThat(world.count("select count(*) from users where active")).isZero();
    }

    @Test
    void theQuestionOfTheSecondUndoSaysThatNobodyIsReactivated() throws Exception {
        fuseUsers.run("undo", "--yes", "1").exits(0);

        AnsweredCommand second = AnsweredCommand.run(fuseUsers, "y", "undo", "--with-memberships", "1");

        assertThat(second.exit()).as(second.shown()).isZero();
        assertThat(second.shown())
                .contains("\nRestore the memberships of 3 users who are active again on " + fuseUsers.database()
                        + "? [y/N] ");
        assertThat(world.count("select count(*) from community_memberships")).isEqualTo(9);
    }

    /** Ending a run cannot be undone, even if the run has changed nobody who is still inactive. */
    @Test
    void anUndoThatOnlyEndsARunAsksToo() throws Exception {
        fuseUsers
                .run("reactivate", "--yes", "--user", "1", "--user", "2", "--user", "3")
                .exits(0);
        world.execute("update fuse_batch.runs set ended_at = null, exit_code = null where id = 1");
        world.execute("update fuse_batch.batch_job_execution set status = 'STOPPED' where job_execution_id = 1");

        assertThat(fuseUsers.run("undo", "1").exits(77).err())
                .isEqualTo("fuse-users: there is no terminal to confirm the run on; run it again with --yes\n");
        AnsweredCommand refused = AnsweredCommand.run(fuseUsers, "n", "undo", "1");
        assertThat(refused.exit()).as(refused.shown()).isEqualTo(77);
        assertThat(refused.shown())
                .contains("\nRun 1 is not finished; it ends and can never be resumed. It has no users to reactivate."
                        + " End it on " + fuseUsers.database() + "? [y/N] ");
        assertThat(world.texts("select id || ' ' || abandoned from fuse_batch.runs where id = 1"))
                .containsExactly("1 false");

        AnsweredCommand confirmed = AnsweredCommand.run(fuseUsers, "y", "undo", "1");

        assertThat(confirmed.exit()).as(confirmed.shown()).isZero();
        assertThat(world.texts("select id || ' ' || abandoned from fuse_batch.runs where id = 1"))
                .containsExactly("1 true");
    }

    /** A trigger of the platform makes the program read the tables again; the active user's certificate is not missing. */
    @Test
    void certificatesOfUsersWhoAreActiveAreNotExpected() {
        fuseUsers.run("undo", "--yes", "1").exits(0);
        world.completion(1, 10);
        world.execute("create function test_sessions.nothing() returns trigger language plpgsql as"
                + " $$ begin return new; end $$");
        world.execute("create trigger nothing before insert on certificates for each row execute function"
                + " test_sessions.nothing()");
        String start = world.now();

        fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);

        assertThat(world.addedSince(start))
                .containsExactly(
                        "1 member of 2",
                        "1 member of 3",
                        "2 member of 2",
                        "2 member of 3",
                        "3 member of 2",
                        "3 member of 3");
    }

    @Test
    void theQuestionSaysThatAnUnfinishedRunEnds() throws Exception {
        world.execute("update fuse_batch.runs set ended_at = null, exit_code = null");
        world.execute("update fuse_batch.batch_job_execution set status = 'STOPPED'");

        AnsweredCommand refused = AnsweredCommand.run(fuseUsers, "n", "undo", "--with-memberships", "1");
        assertThat(refused.shown())
                .contains("\nRun 1 is not finished; it ends and can never be resumed. Reactivate 3 users on "
                        + fuseUsers.database() + "? [y/N] ");
        assertThat(world.texts("select id || ' ' || abandoned from fuse_batch.runs order by id"))
                .containsExactly("1 false", "2 false");

        AnsweredCommand confirmed = AnsweredCommand.run(fuseUsers, "y", "undo", "--with-memberships", "1");

        assertThat(confirmed.exit()).as(confirmed.shown()).isZero();
        assertThat(world.texts("select concat_ws(' ', id, abandoned, exit_code) from fuse_batch.runs order by id"))
                .containsExactly("1 t 143", "2 f 77", "3 f 0");
        assertThat(world.texts("select status from fuse_batch.batch_job_execution order by job_execution_id"))
                .containsExactly("ABANDONED", "FAILED", "COMPLETED");
    }
}
