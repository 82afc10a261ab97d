package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that refuses every user stops the run after a thousand refusals, and none of them is an outcome. */
@ExtendWith(TestPlatform.class)
class RefusalLimitTest {

    private static final int USERS = 1_500;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;

    RefusalLimitTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
    }

    @Test
    void aTriggerThatKeepsEveryUserStopsTheRunAndTheSameCommandResumesIt() {
        refuse("return null", 1, USERS);

        FuseUsers.Result failed =
                deactivate(USERS, "--chunk-size", "300", "--partitions", "1").exits(1);

        assertThat(failed.err())
                .endsWith(
                        "fuse-users: run 1 failed: the database refuses every user, 1,000 so far; user 1200: users was"
                                + " not changed; a trigger or rule of the platform prevents it; the same command resumes it\n");
        assertThat(crowd.untouched()).hasSize(USERS);
        assertThat(crowd.recordedOutcomes(1)).isEmpty();
        assertThat(world.count("select count(*) from fuse_batch.run_chunks")).isZero();
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED");
        world.execute("drop trigger refuse on users");
        deactivate(USERS, "--chunk-size", "300", "--partitions", "1").exits(0);
        assertThat(crowd.deactivated()).hasSize(USERS);
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, USERS));
        assertThat(crowd.recordedDeletions(1)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(USERS, USERS));
    }

    @Test
    void aTriggerThatRaisesAnErrorForEveryUserStopsTheRun() {
        refuse("raise exception 'user % is on hold', refused using errcode = 'check_violation'", 1, USERS);

        FuseUsers.Result failed =
                deactivate(USERS, "--chunk-size", "500", "--partitions", "1").exits(1);

        assertThat(failed.err())
                .endsWith(
                        "fuse-users: run 1 failed: the database refuses every user, 1,000 so far; user 1000: user 1000"
                                + " is on hold (SQLSTATE 23514); the same command resumes it\n");
        assertThat(crowd.recordedOutcomes(1)).isEmpty();
    }

    @Test
    void fewerRefusalsAreOutcomes() {
        refuse("return null", 1, USERS);

        deactivate(999, "--chunk-size", "300", "--partitions", "1").exits(4);

        assertThat(world.texts("select outcome || ' ' || count(*) from fuse_batch.run_outcomes group by outcome"))
                .containsExactly("FAILED 999");
        assertThat(fuseUsers.report(1, "skipped.csv")).hasSize(1_000);
    }

    @Test
    void oneChangedUserIsEnoughToRecordAllRefusals() {
        refuse("return null", 2, USERS);

        deactivate(USERS, "--chunk-size", "300", "--partitions", "1").exits(4);

        assertThat(crowd.deactivated()).containsExactly(1L);
        assertThat(world.texts(
                        "select outcome || ' ' || count(*) from fuse_batch.run_outcomes group by outcome order by 1"))
                .containsExactly("DEACTIVATED 1", "FAILED 1499");
    }

    /** The first partition reaches the limit, and another one changes its users at the same time or later. */
    @Test
    void aPartitionOfRefusedUsersDoesNotStopTheOthers() {
        refuse("return null", 1, 1_100);

        deactivate(USERS, "--chunk-size", "1100", "--partitions", "2").exits(4);

        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1_101, USERS));
        assertThat(world.texts(
                        "select outcome || ' ' || count(*) from fuse_batch.run_outcomes group by outcome order by 1"))
                .containsExactly("DEACTIVATED 400", "FAILED 1100");
    }

    /** More users are refused one after the other than the limit, but the others can be changed. */
    @Test
    void refusedUsersAtTheBeginningDoNotStopTheRun() {
        refuse("return null", 1, 1_200);

        deactivate(USERS, "--chunk-size", "300", "--partitions", "1").exits(4);

        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1_201, USERS));
        assertThat(crowd.recordedOutcomes(1).stream().filter(outcome -> outcome.contains("FAILED")))
                .hasSize(1_200);
    }

    /** They stay active, but they have become members again. */
    @Test
    void anUndoThatCompletedMembershipsIsNotStopped() {
        deactivate(USERS).exits(0);
        fuseUsers.run("undo", "--yes", "1").exits(0);
        world.execute("create function test_sessions.no_seats() returns trigger language plpgsql as $$ begin"
                + " raise exception 'no seats' using errcode = 'check_violation'; end $$");
        world.execute("create trigger no_seats before insert on community_memberships for each row"
                + " when (new.community_id = 2 and new.user_id > 300) execute function test_sessions.no_seats()");

        fuseUsers
                .run("undo", "--yes", "--with-memberships", "--chunk-size", "300", "--partitions", "1", "1")
                .exits(4);

        assertThat(world.texts("select outcome || ' ' || count(*) || ' ' || count(added_community_ids)"
                        + " from fuse_batch.run_outcomes where run_id = 3 group by outcome order by 1"))
                .containsExactly("ALREADY_ACTIVE 300 300", "FAILED 1200 0");
        assertThat(world.count("select count(*) from community_memberships where community_id = 2"))
                .isEqualTo(300);
    }

    /** Another partition may change a user between the refusal at the limit and the end of the attempt. */
    @Test
    void aUserWhoIsChangedAtTheLastMomentKeepsTheRefusalsAndTheRunGoesOn() throws Exception {
        refuse("return null", 1, USERS);
        CompletableFuture<FuseUsers.Result> run;
        try (OtherSession gate = OtherSession.gate(
                database, "before update", "fuse_batch.batch_step_execution", "new.status = 'FAILED'")) {
            run = CompletableFuture.supplyAsync(() -> deactivate(USERS, "--chunk-size", "300", "--partitions", "1"));
            gate.awaitBlocked(1);
            world.execute("drop trigger refuse on users");
            world.execute("update fuse_batch.run_outcomes set outcome = 'DEACTIVATED' where user_id = 7");
        }

        run.get(60, TimeUnit.SECONDS).exits(4);

        assertThat(world.texts("select status from fuse_batch.batch_job_execution order by job_execution_id"))
                .containsExactly("FAILED", "COMPLETED");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(901, USERS));
        assertThat(world.texts(
                        "select outcome || ' ' || count(*) from fuse_batch.run_outcomes group by outcome order by 1"))
                .containsExactly("DEACTIVATED 601", "FAILED 899");
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 COMPLETED");
    }

    /** The helper has the second and third partition, and reaches the limit before the manager begins with the first. */
    @Test
    void aHelperLeavesItToTheManagerWhetherTheRunStops() throws Exception {
        refuse("return null", 1, USERS);
        List<Process> processes = new ArrayList<>();
        try (OtherSession gate = OtherSession.gate(
                database,
                "before update",
                "fuse_batch.batch_step_execution",
                "new.step_name like '%-partition0' and new.status = 'STARTED'")) {
            processes.add(join("manager"));
            gate.awaitBlocked(1);
            processes.add(join("helper"));
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(folder.resolve("helper/out.txt"))
                    .contains("the database refuses every user, 1,000 so far; user "));
        }

        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(processes.stream().map(Process::exitValue)).containsOnly(1);
        assertThat(crowd.untouched()).hasSize(USERS);
        assertThat(crowd.recordedOutcomes(1)).isEmpty();
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED");
    }

    private Process join(String name) throws IOException {
        FuseUsers process = new FuseUsers(database, Files.createDirectory(folder.resolve(name)));
        return process.start(
                "deactivate",
                "--yes",
                "--join",
                "--max-percent",
                "100",
                "--chunk-size",
                "25",
                "--partitions",
                "1",
                process.input("leavers.csv", crowd.lines()));
    }

    private void refuse(String statement, long first, long last) {
        Poison.OF_UPDATES.run(
                world,
                statement,
                Crowd.ids(first, last).stream().mapToLong(id -> id).toArray());
    }

    private FuseUsers.Result deactivate(int users, String... options) {
        String[] lines = Arrays.copyOf(crowd.lines(), users + 1);
        List<String> command = new ArrayList<>(List.of("deactivate", "--yes", "--max-percent", "100"));
        command.addAll(List.of(options));
        command.add(fuseUsers.input("leavers.csv", lines));
        return fuseUsers.run(command.toArray(String[]::new));
    }
}
