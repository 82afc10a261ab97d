package com.fuse.users.change;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trigger of somebody else's refuses to change some users: they alone fail, and nobody else waits for them. */
class PoisonTest {

    private static final int USERS = 1_000;

    private final TestDatabase database = TestDatabase.create();
    private final World world = new World(database);
    private final Crowd crowd = new Crowd(world, USERS);
    private final Path folder;
    private final FuseUsers fuseUsers;

    PoisonTest(@TempDir Path folder) {
        this.folder = folder;
        fuseUsers = new FuseUsers(database, folder);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theUsersWhomTheDatabaseRefusesFailAloneAndAllOthersAreDeactivated() {
        refuse("trigger", "before update on users", "new.id", 7, 500, 501);

        FuseUsers.Result result = deactivate(100);

        assertThat(result.exit()).isEqualTo(4);
        assertThat(crowd.untouched()).containsExactly(7L, 500L, 501L);
        assertThat(crowd.deactivated()).isEqualTo(allBut(7, 500, 501));
        assertThat(fuseUsers.report(1, "skipped.csv"))
                .containsExactly(
                        "user_id,line,outcome,community_ids,message",
                        "7,8,FAILED,,user 7 is on hold (SQLSTATE 23514)",
                        "500,501,FAILED,,user 500 is on hold (SQLSTATE 23514)",
                        "501,502,FAILED,,user 501 is on hold (SQLSTATE 23514)");
        assertThat(crowd.recordedDeletions(1)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(USERS, USERS - 3));
    }

    @Test
    void theMessageHoldsNoValueOfAnotherColumn() {
        refuse("trigger", "before update on users", "new.id", 7);

        FuseUsers.Result result = deactivate(100);

        assertThat(result.out() + result.err() + fuseUsers.report(1, "outcomes.csv"))
                .contains("user 7 is on hold")
                .doesNotContain("user7@example.org");
        assertThat(world.texts("select o::text from fuse_batch.run_outcomes o"))
                .noneMatch(row -> row.contains("@example.org"));
    }

    @Test
    void aRefusedUserCostsTwoStatementsForEachHalvingAtTheMost() {
        refuse("trigger", "before update on users", "new.id", 7, 500, 501);

        deactivate(100);

        int halvings = 7;
        assertThat(world.count("select count(*) from fuse_batch.run_chunks"))
                .isBetween(10L, 10 + 3 * 2 * (halvings + 1L));
    }

    @Test
    void skippedUsersAreDeactivatedOnceTheCauseIsMended() {
        refuse("trigger", "before delete on device_tokens", "old.user_id", 7, 500, 501);
        assertThat(deactivate(100).exit()).isEqualTo(4);
        assertThat(crowd.untouched()).containsExactly(7L, 500L, 501L);
        world.execute("drop trigger refuse on device_tokens");

        FuseUsers.Result again = fuseUsers.run(
                "deactivate",
                "--yes",
                folder.resolve("reports/run-1/skipped.csv").toString());

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(crowd.deactivated()).hasSize(USERS);
        assertThat(crowd.recordedDeletions(2)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(3, 3));
    }

    @Test
    void aWholeChunkMayFail() {
        refuse(
                "trigger",
                "before update on users",
                "new.id",
                Crowd.ids(401, 450).stream().mapToLong(id -> id).toArray());

        assertThat(deactivate(50).exit()).isEqualTo(4);

        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(401, 450));
        assertThat(crowd.deactivated()).hasSize(USERS - 50);
        assertThat(world.texts(
                        "select user_id::text from fuse_batch.run_outcomes where outcome = 'FAILED' order by line"))
                .isEqualTo(Crowd.ids(401, 450).stream().map(String::valueOf).toList());
    }

    @Test
    void aChunkOfOneMayFail() {
        refuse("trigger", "before update on users", "new.id", 2);

        FuseUsers.Result result =
                fuseUsers.run("deactivate", "--yes", "--chunk-size", "1", "--user", "1", "--user", "2", "--user", "3");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(crowd.deactivated()).containsExactly(1L, 3L);
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes order by line"))
                .containsExactly("DEACTIVATED", "FAILED", "DEACTIVATED");
    }

    @Test
    void aRefusalThatWouldComeOnlyWithTheCommitIsTheUsersToo() {
        refuse("constraint trigger", "after update on users initially deferred", "new.id", 7);

        FuseUsers.Result result = deactivate(100);

        assertThat(result.exit()).as(result.err()).isEqualTo(4);
        assertThat(crowd.untouched()).containsExactly(7L);
        assertThat(crowd.deactivated()).isEqualTo(allBut(7));
    }

    /** A row-level trigger that refuses these users, and names the user and, in its detail, the e-mail address. */
    private void refuse(String trigger, String when, String userId, long... users) {
        world.execute("""
                create function test_sessions.refuse() returns trigger language plpgsql as $$
                declare
                    refused bigint := %s;
                begin
                    raise exception 'user %% is on hold', refused
                        using errcode = 'check_violation', detail = 'user' || refused || '@example.org';
                end $$
                """.formatted(userId));
        world.execute("create %s refuse %s for each row when (%s in (%s)) execute function test_sessions.refuse()"
                .formatted(
                        trigger,
                        when,
                        userId,
                        LongStream.of(users).mapToObj(String::valueOf).collect(joining(", "))));
    }

    private FuseUsers.Result deactivate(int chunkSize) {
        return fuseUsers.run(
                "deactivate",
                "--yes",
                "--max-percent",
                "100",
                "--chunk-size",
                String.valueOf(chunkSize),
                "--partitions",
                "1",
                fuseUsers.input("leavers.csv", crowd.lines()));
    }

    private static List<Long> allBut(long... users) {
        List<Long> ids = new ArrayList<>(Crowd.ids(1, USERS));
        for (long user : users) {
            ids.remove(user);
        }
        return ids;
    }
}
