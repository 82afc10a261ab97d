package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A trigger of another program refuses to change some users. Only these users fail, and the run changes all others. */
@ExtendWith(TestPlatform.class)
class PoisonTest {

    private static final int USERS = 1_000;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;

    PoisonTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
    }

    @Test
    void refusedUsersFailAndAllOthersAreDeactivated() {
        Poison.OF_UPDATES.hold(world, 7, 500, 501);

        deactivate(100).exits(4);

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
    void theMessageContainsNoValueOfAnotherColumn() {
        Poison.OF_UPDATES.run(world, """
                case refused
                    when 7 then raise exception 'on hold' using detail = 'user7@example.org';
                    when 8 then raise exception 'User8@Example.org is on hold';
                    when 9 then raise exception '"user9@example.org": hold' using errcode = 'insufficient_privilege';
                    when 10 then perform email::int from users where id = refused;
                end case""", 7, 8, 9, 10);

        FuseUsers.Result result = deactivate(100);

        assertThat(crowd.untouched()).containsExactly(7L, 8L, 9L, 10L);
        assertThat(fuseUsers.report(1, "skipped.csv"))
                .containsExactly(
                        "user_id,line,outcome,community_ids,message",
                        "7,8,FAILED,,on hold (SQLSTATE P0001)",
                        "8,9,FAILED,,(e-mail address) is on hold (SQLSTATE P0001)",
                        "9,10,FAILED,,\"\"\"(e-mail address)\"\": hold (SQLSTATE 42501)\"",
                        "10,11,FAILED,,\"invalid input syntax for type integer: \"\"...\"\" (SQLSTATE 22P02)\"");
        assertThat(result.out() + result.err()).doesNotContain("@");
        assertThat(world.texts("select o::text from fuse_batch.run_outcomes o")).noneMatch(row -> row.contains("@"));
    }

    /** Some of these SQL states usually mean an error of the program, but all other users can be changed. */
    @Test
    void onlyTheRefusedUsersFailWhateverTheSqlState() {
        List<String> sqlStates = List.of(
                "P0001", "P0002", "22012", "23503", "23505", "0A000", "21000", "2F004", "38000", "HV000", "42501",
                "42P01", "42883", "54000", "54001", "55000", "55006", "3F000", "3D000", "34000", "26000", "28000");
        List<Long> refused = Crowd.ids(7, 6 + sqlStates.size());
        Poison.OF_UPDATES.raise(
                world,
                "'not user %%', refused using errcode = (array['%s'])[refused - 6]"
                        .formatted(String.join("', '", sqlStates)),
                ids(refused));

        deactivate(USERS).exits(4);

        assertThat(crowd.untouched()).isEqualTo(refused);
        assertThat(crowd.deactivated()).isEqualTo(allBut(ids(refused)));
        assertThat(world.texts("select message from fuse_batch.run_outcomes where outcome = 'FAILED' order by line"))
                .isEqualTo(refused.stream()
                        .map(id -> "not user %d (SQLSTATE %s)".formatted(id, sqlStates.get((int) (id - 7))))
                        .toList());
    }

    @Test
    void anErrorThatHitsEveryUserOfAChunkAndMayConcernNoUserFailsTheRun() {
        Poison.OF_UPDATES.raise(
                world, "'audit is missing' using errcode = 'undefined_table'", ids(Crowd.ids(201, 400)));

        FuseUsers.Result failed = deactivate(100).exits(1);

        assertThat(failed.err())
                .isEqualTo(
                        "fuse-users: run 1 failed: audit is missing (SQLSTATE 42P01); the same command resumes it\n");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 200));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, 200));
        world.execute("drop trigger refuse on users");
        deactivate(100).exits(0);
        assertThat(crowd.deactivated()).hasSize(USERS);
    }

    @Test
    void aRightThatIsRevokedDuringTheRunFailsTheRun() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 7 for update");
            run = CompletableFuture.supplyAsync(() -> deactivate(1));
            other.awaitBlocked(1);
            world.execute("revoke delete on certificates from fuse_users_job");
        }

        FuseUsers.Result failed = run.get(30, TimeUnit.SECONDS).exits(1);

        assertThat(failed.err()).contains("permission denied for table certificates");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 6));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, 6));
    }

    /** A timeout does not tell which user caused it. */
    @Test
    void aCanceledStatementIsRetried() {
        world.execute("create sequence test_sessions.tries");
        world.execute("grant usage on test_sessions.tries to public");
        Poison.OF_UPDATES.run(
                world,
                "if nextval('test_sessions.tries') = 1 then raise exception 'canceling' using errcode = '57014'; end if",
                7);

        deactivate(100).exits(0);

        assertThat(crowd.deactivated()).hasSize(USERS);
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, USERS));
    }

    @Test
    void skippedUsersAreDeactivatedOnceTheCauseIsFixed() {
        new Poison("trigger", "before delete on device_tokens", "old.user_id").hold(world, 7, 500, 501);
        deactivate(100).exits(4);
        assertThat(crowd.untouched()).containsExactly(7L, 500L, 501L);
        world.execute("drop trigger refuse on device_tokens");

        fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        folder.resolve("reports/run-1/skipped.csv").toString())
                .exits(0);

        assertThat(crowd.deactivated()).hasSize(USERS);
        assertThat(crowd.recordedDeletions(2)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(3, 3));
    }

    @Test
    void everyUserOfAChunkMayFail() {
        Poison.OF_UPDATES.hold(world, ids(Crowd.ids(401, 450)));

        deactivate(50).exits(4);

        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(401, 450));
        assertThat(crowd.deactivated()).hasSize(USERS - 50);
        assertThat(world.texts(
                        "select user_id::text from fuse_batch.run_outcomes where outcome = 'FAILED' order by line"))
                .isEqualTo(Crowd.ids(401, 450).stream().map(String::valueOf).toList());
    }

    @Test
    void aChunkOfOneUserMayFail() {
        Poison.OF_UPDATES.hold(world, 2);

        fuseUsers
                .run("deactivate", "--yes", "--chunk-size", "1", "--user", "1", "--user", "2", "--user", "3")
                .exits(4);

        assertThat(crowd.deactivated()).containsExactly(1L, 3L);
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes order by line"))
                .containsExactly("DEACTIVATED", "FAILED", "DEACTIVATED");
    }

    @Test
    void aDeferredConstraintFailsOnlyTheUserWhoViolatesIt() {
        new Poison("constraint trigger", "after update on users initially deferred", "new.id").hold(world, 7);

        deactivate(100).exits(4);

        assertThat(crowd.untouched()).containsExactly(7L);
        assertThat(crowd.deactivated()).isEqualTo(allBut(7));
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

    private static long[] ids(List<Long> ids) {
        return ids.stream().mapToLong(id -> id).toArray();
    }

    private static List<Long> allBut(long... users) {
        List<Long> ids = new ArrayList<>(Crowd.ids(1, USERS));
        for (long user : users) {
            ids.remove(user);
        }
        return ids;
    }
}
