package com.fuse.users.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several processes work on one run with {@code --join}. */
@ExtendWith(TestPlatform.class)
class JoinIT {

    private static final int USERS = 400;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final Crowd crowd;
    private final List<Process> processes = new ArrayList<>();

    JoinIT(TestDatabase database, World world, Path folder) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        crowd = new Crowd(world, USERS);
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aHelperTakesPartitionsAndEndsWithTheRun() throws Exception {
        try (OtherSession gate = gate()) {
            start("manager");
            gate.awaitBlocked(1);
            start("helper");
            gate.awaitBlocked(2);
        }

        assertThat(exits()).containsExactly(0, 0);
        assertCompletedOnce();
        assertThat(attempts()).containsExactly("COMPLETED");
        assertThat(new FuseUsers(database, folder)
                        .run("runs", "show", "1")
                        .exits(0)
                        .out())
                .containsPattern("(\\S+@\\S+), helped by \\1");
        assertThat(output("helper"))
                .contains("Helping with run 1, which is made on ")
                .endsWith(
                        "run 1 was ended by another process, which wrote its report; \"runs report 1\" writes it here too\n");
    }

    @Test
    void aHelperTakesThePlaceOfADeadManager() throws Exception {
        try (OtherSession gate = gate()) {
            Process manager = start("manager");
            gate.awaitBlocked(1);
            start("helper");
            gate.awaitBlocked(2);
            assertThat(PosixSignal.KILL.sendTo(manager)).isTrue();
            // The helper's own chunk waits at the gate for a while.
            await().atMost(Duration.ofSeconds(40)).until(() -> attempts().contains("FAILED"));
        }

        assertThat(exits()).containsExactly(137, 0);
        assertCompletedOnce();
        assertThat(attempts()).containsExactly("FAILED", "COMPLETED");
    }

    @Test
    void theRunSurvivesADeadHelper() throws Exception {
        try (OtherSession gate = gate()) {
            start("manager");
            gate.awaitBlocked(1);
            Process helper = start("helper");
            gate.awaitBlocked(2);
            assertThat(PosixSignal.KILL.sendTo(helper)).isTrue();
        }

        assertThat(exits()).containsExactly(0, 137);
        assertCompletedOnce();
        assertThat(attempts()).containsExactly("FAILED", "COMPLETED");
    }

    @Test
    void aStopReachesEveryProcessAndRequestsThatNobodyHasTakenAreGone() throws Exception {
        try (OtherSession gate = gate()) {
            start("manager");
            gate.awaitBlocked(1);
            start("helper");
            gate.awaitBlocked(2);
            new FuseUsers(database, folder).run("stop", "1").exits(0);
            assertThat(requests()).isPositive();
            // Each process looks once a second.
            TimeUnit.SECONDS.sleep(2);
        }

        assertThat(exits()).containsExactly(143, 143);
        assertThat(requests()).isZero();
        assertThat(attempts()).containsExactly("STOPPED");
        assertThat(world.texts("select distinct status from fuse_batch.batch_step_execution"
                        + " where step_name like 'users:%' order by status"))
                .containsExactly("STOPPED");
        processes.clear();

        start("again");

        assertThat(exits()).containsExactly(0);
        assertCompletedOnce();
    }

    @Test
    void aHelperThatIsToEndGivesItsPartitionBack() throws Exception {
        try (OtherSession gate = gate()) {
            start("manager");
            gate.awaitBlocked(1);
            Process helper = start("helper");
            gate.awaitBlocked(2);
            assertThat(PosixSignal.TERM.sendTo(helper)).isTrue();
        }

        assertThat(exits()).containsExactly(0, 143);
        assertCompletedOnce();
        assertThat(Files.readString(folder.resolve("helper/err.txt")))
                .endsWith("fuse-users: this process no longer helps with run 1; see \"runs show 1\"\n");
    }

    @Test
    void aHelperWhosePartitionFailsSaysWhyAndGoesOn() throws Exception {
        world.execute("create table test_sessions.refused (pid integer)");
        world.execute("create sequence test_sessions.refusals");
        world.execute("create function test_sessions.refuse() returns trigger language plpgsql as $$ begin"
                + " if pg_backend_pid() in (select pid from test_sessions.refused) then"
                + " if nextval('test_sessions.refusals') = 1 then"
                + " raise exception 'not this one' using errcode = '40001'; end if; end if; return new; end $$");
        world.execute("create trigger refuse before insert on fuse_batch.run_chunks"
                + " for each row execute function test_sessions.refuse()");
        world.execute("grant usage on schema test_sessions to public");
        world.execute("grant select on test_sessions.refused to public");
        world.execute("grant usage on sequence test_sessions.refusals to public");
        try (OtherSession gate = gate()) {
            start("manager");
            gate.awaitBlocked(1);
            List<Integer> manager = gate.blocked();
            start("helper");
            gate.awaitBlocked(2);
            gate.blocked().stream()
                    .filter(pid -> !manager.contains(pid))
                    .forEach(pid -> world.execute("insert into test_sessions.refused values (" + pid + ")"));
        }

        assertThat(exits()).containsExactly(0, 0);
        assertCompletedOnce();
        assertThat(attempts()).containsExactly("FAILED", "COMPLETED");
        assertThat(Files.readString(folder.resolve("helper/err.txt")))
                .containsOnlyOnce("not this one")
                .contains("; trying again");
    }

    @Test
    void aRunThatGivesUpWaitingEndsEveryProcess() throws Exception {
        try (OtherSession gate = gate()) {
            start("manager", "--max-pause", "2s");
            gate.awaitBlocked(1);
            start("helper");
            gate.awaitBlocked(2);
            new FuseUsers(database, folder).run("pause", "1").exits(0);
            // Each process looks once a second.
            TimeUnit.SECONDS.sleep(2);
        }

        assertThat(exits()).containsExactly(75, 75);
        assertThat(attempts()).containsExactly("STOPPED");
        assertThat(Files.readString(folder.resolve("helper/err.txt")))
                .matches(
                        "(?s).*fuse-users: run 1 was stopped, because it waited for \\d s, as long as --max-pause allows:"
                                + " paused by an operator until \"resume 1\"; the same command resumes it where it stands\n");
        assertThat(new FuseUsers(database, folder)
                        .run("runs", "show", "1")
                        .exits(0)
                        .out())
                .containsPattern("Error: +it waited for \\d s, as long as --max-pause allows");
    }

    /** The run of another process begins and ends while this one looks; it never sees more of it than the lock. */
    @Test
    void aProcessThatSawOnlyTheLockEndsWithTheRunsExitCode() throws Exception {
        start("first");
        assertThat(exits()).containsExactly(0);
        processes.clear();
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select pg_advisory_lock(('x' || substr(encode(run_key, 'hex'), 1, 16))::bit(64)::bigint)"
                    + " from fuse_batch.runs");
            start("late");
            await().until(() -> world.count(
                            "select count(*) from pg_stat_activity"
                                    + " where pid <> pg_backend_pid() and query like '%where run_key = $1 and ended_at is null%'")
                    > 0);
            world.execute("create table test_sessions.copy as select * from fuse_batch.runs");
            world.execute(
                    "update test_sessions.copy set id = 2, exit_code = 77, changed_users = null, job_instance_id = null");
            world.execute("insert into fuse_batch.runs overriding system value select * from test_sessions.copy");
            other.execute("select pg_advisory_unlock_all()");
        }

        assertThat(exits()).containsExactly(77);
        assertThat(Files.readString(folder.resolve("late/err.txt")))
                .endsWith("run 2 was ended by another process; see \"runs show 2\"\n");
        assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(2);
    }

    @Test
    void aRequestThatIsDeliveredTwiceIsDoneOnce() throws Exception {
        try (OtherSession gate = gate()) {
            start("manager");
            gate.awaitBlocked(1);
            world.execute("insert into fuse_batch.int_channel_message (message_id, group_key, created_date,"
                    + " message_sequence, message_content, region)"
                    + " select message_id, group_key, created_date - 1, message_sequence, message_content, region"
                    + " from fuse_batch.int_channel_message");
            start("helper");
            gate.awaitBlocked(2);
        }

        assertThat(exits()).containsExactly(0, 0);
        assertCompletedOnce();
        assertThat(attempts()).containsExactly("COMPLETED");
    }

    @Test
    void requestsOfADeadAttemptReachNobody() throws Exception {
        try (OtherSession gate = gate()) {
            Process manager = start("manager");
            gate.awaitBlocked(1);
            assertThat(PosixSignal.KILL.sendTo(manager)).isTrue();
            manager.waitFor();
        }
        long left = requests();
        assertThat(left).isPositive();
        processes.clear();

        start("second");
        start("third");

        assertThat(exits()).containsExactly(0, 0);
        assertCompletedOnce();
        assertThat(requests()).isZero();
    }

    @Test
    void aHelperOfAnotherVersionIsRefused() throws Exception {
        try (OtherSession gate = gate()) {
            start("manager");
            gate.awaitBlocked(1);
            world.execute("update fuse_batch.attempts set version = '0.9.0'");
            Process helper = start("helper");

            assertThat(helper.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(helper.exitValue()).isEqualTo(78);
            assertThat(Files.readString(folder.resolve("helper/err.txt")) + output("helper"))
                    .contains(
                            "run 1 is made on ",
                            " by version 0.9.0, and this is version ",
                            "; only the same version can help");
        }

        assertThat(exits()).containsExactly(0, 78);
        assertCompletedOnce();
    }

    /** Every chunk waits in front of it. */
    private OtherSession gate() {
        return OtherSession.gate(database, "before insert", "fuse_batch.run_chunks", "new.user_count > 0");
    }

    private Process start(String name, String... options) throws IOException {
        FuseUsers fuseUsers = FuseUsers.installed(database, Files.createDirectory(folder.resolve(name)));
        List<String> command = new ArrayList<>(List.of(
                "deactivate", "--yes", "--join", "--max-percent", "100", "--chunk-size", "2", "--partitions", "1"));
        command.addAll(List.of(options));
        command.add(fuseUsers.input("leavers.csv", crowd.lines()));
        Process process = fuseUsers.start(command.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private List<Integer> exits() throws InterruptedException {
        List<Integer> exits = new ArrayList<>();
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            exits.add(process.exitValue());
        }
        return exits;
    }

    private String output(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("out.txt"));
    }

    private List<String> attempts() {
        return world.texts("select status from fuse_batch.batch_job_execution order by job_execution_id");
    }

    private long requests() {
        return world.count("select count(*) from fuse_batch.int_channel_message");
    }

    private void assertCompletedOnce() throws IOException {
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, USERS));
        assertThat(crowd.recordedDeletions(1)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(USERS, USERS));
        assertThat(RunStates.of(new FuseUsers(database, folder))).containsExactly("1 COMPLETED");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.endsWith("summary.json"))).hasSize(1);
        }
    }
}
