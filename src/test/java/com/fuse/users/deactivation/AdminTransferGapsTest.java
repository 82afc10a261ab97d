package com.fuse.users.deactivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Special cases of a transfer: dry runs in small chunks, skipped rows that are run again unchanged, and roles that the
 * platform revokes during the run.
 */
@ExtendWith(TestPlatform.class)
class AdminTransferGapsTest {

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    AdminTransferGapsTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void makeAdmins() {
        world.users(1, 4);
        world.users(801, 802);
        world.admin(1, 2);
        world.admin(2, 2);
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aDryRunInSmallChunksCountsARoleThatSeveralUsersHandOverOnce() {
        String input = fuseUsers.input("leavers.csv", "user_id", "1", "2");

        deactivate("--dry-run", "--chunk-size", "1", "--transfer-admin-to", "801", input);
        deactivate("--chunk-size", "1", "--transfer-admin-to", "801", input);

        assertThat(fuseUsers.summary(2).get("added_rows")).hasToString("{community_admins=1, community_memberships=1}");
        assertThat(fuseUsers.summary(1).get("added_rows"))
                .isEqualTo(fuseUsers.summary(2).get("added_rows"));
    }

    @Test
    void skippedRowsKeepAMalformedSuccessorAndSoChangeNothingWhenTheyAreRunAgain() {
        deactivate(
                "--transfer-admin-to",
                "801",
                fuseUsers.input("leavers.csv", "user_id,transfer_admin_to", "3,x", "1,y"));
        List<String> skipped = fuseUsers.report(1, "skipped.csv");

        deactivate(fuseUsers.input("again.csv", skipped.toArray(String[]::new)));

        assertThat(world.texts("select id::text from users where not active")).isEmpty();
        assertThat(skipped.get(1)).endsWith(",x");
        assertThat(skipped.get(2)).endsWith(",y");
    }

    /** A username of digits may equal another user's ID. */
    @Test
    void aUsernameOfDigitsDoesNotBecomeAUserIdInTheSkippedRows() {
        world.execute("update users set username = '4' where id = 3");
        deactivate(fuseUsers.input(
                "leavers.csv", "username,transfer_admin_to,note", "4,x,", "4,," + "n".repeat(70_000), "user1,y,"));

        List<String> skipped = fuseUsers.report(1, "skipped.csv");
        assertThat(skipped.subList(1, 4))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith(",2,MALFORMED,").endsWith(",x"),
                        row -> assertThat(row).startsWith(",3,MALFORMED,"),
                        row -> assertThat(row).startsWith("user1,4,MALFORMED,").endsWith(",y"));

        deactivate(fuseUsers.input("again.csv", skipped.toArray(String[]::new)));

        assertThat(world.texts("select id::text from users where not active")).isEmpty();
    }

    @Test
    void aMalformedRowKeepsItsOwnSuccessorInTheSkippedRows() {
        deactivate(
                "--transfer-admin-to", "801", fuseUsers.input("leavers.csv", "user_id,transfer_admin_to", "1.0,802"));

        assertThat(fuseUsers.report(1, "skipped.csv").get(1))
                .startsWith("1.0,2,MALFORMED,")
                .endsWith(",802");
    }

    @Test
    void theMessageSaysThatTheInputNamesTheSuccessorEvenIfThatUserIsAlreadyInactive() {
        world.admin(801, 3);
        String input = fuseUsers.input("leavers.csv", "user_id,transfer_admin_to", "4,", "801,4");

        deactivate("--dry-run", "--chunk-size", "1", "--partitions", "1", input);
        deactivate("--chunk-size", "1", "--partitions", "1", input);

        assertThat(fuseUsers.outcomes(2)).isEqualTo(fuseUsers.outcomes(1));
        assertThat(fuseUsers.outcomesText(2)).contains("the input names that user too");
    }

    @Test
    void aSuccessorWhoIsLosingTheRoleGetsItAgain() throws Exception {
        world.admin(801, 2);
        world.member(801, 2);
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("delete from community_admins where user_id = 801 and community_id = 2");
            run = start(fuseUsers.input("leavers.csv", "user_id,transfer_admin_to", "\"1\",801", "\"2\",801"));
            awaitDoneOrWaiting(run);
            platform.commit();
        }

        run.get(30, TimeUnit.SECONDS).exits(0);
        assertThat(world.texts("select user_id::text from community_admins where community_id = 2"))
                .containsExactly("801");
    }

    @Test
    void aSuccessorWhoIsLeavingTheCommunityJoinsItAgain() throws Exception {
        world.member(801, 2);
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("delete from community_memberships where user_id = 801 and community_id = 2");
            run = start(fuseUsers.input("leavers.csv", "user_id,transfer_admin_to", "\"1\",801", "\"2\",801"));
            awaitDoneOrWaiting(run);
            platform.commit();
        }

        run.get(30, TimeUnit.SECONDS).exits(0);
        assertThat(world.texts("select user_id::text from community_memberships where community_id = 2"))
                .containsExactly("801");
    }

    @Test
    void aRoleThatIsRevokedBetweenDecisionAndChangeIsNotReportedAsHandedOver() throws Exception {
        world.admin(1, 3);
        Future<FuseUsers.Result> run;
        try (OtherSession users = new OtherSession(database);
                OtherSession platform = new OtherSession(database)) {
            users.execute("select from users where id = 1 for update");
            run = start(fuseUsers.input("leavers.csv", "user_id,transfer_admin_to", "\"1\",801"));
            users.awaitBlocked(1);
            // The change is the one that writes here, after the decision.
            platform.execute("lock table fuse_batch.run_chunks in access exclusive mode");
            users.close();
            platform.awaitBlocked(1);
            platform.execute("delete from community_admins where user_id = 1 and community_id = 3");
            platform.commit();
        }

        run.get(30, TimeUnit.SECONDS).exits(0);
        assertThat(world.texts("select array_to_string(community_ids, ';') from fuse_batch.run_outcomes"))
                .isEqualTo(world.texts("select string_agg(community_id::text, ';' order by community_id)"
                        + " from community_admins where user_id = 801"));
    }

    private FuseUsers.Result deactivate(String... arguments) {
        return fuseUsers.run(Stream.concat(Stream.of("deactivate", "--yes"), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private Future<FuseUsers.Result> start(String input) {
        return threads.submit(() -> deactivate("--partitions", "1", input));
    }

    private void awaitDoneOrWaiting(Future<?> run) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> run.isDone()
                        || world.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                        + " and datname = current_database()")
                                > 0);
    }
}
