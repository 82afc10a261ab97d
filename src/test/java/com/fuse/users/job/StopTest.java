package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.PseudoTerminal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.change.Poison;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run that is asked to stop completes its current chunk and no other, and the same command resumes it. The chunk of
 * the users 51 to 60 waits for user 55 meanwhile.
 */
@ExtendWith(TestPlatform.class)
class StopTest {

    private static final int USERS = 200;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final OtherSession other;
    private final String input;
    private final String[] command;

    StopTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        other = new OtherSession(database);
        input = fuseUsers.input("leavers.csv", crowd.lines());
        command = new String[] {
            "deactivate", "--yes", "--max-percent", "100", "--chunk-size", "10", "--partitions", "1", input
        };
    }

    @BeforeEach
    void lockUser55() {
        other.execute("select from users where id = 55 for update");
    }

    @AfterEach
    void unlockUser55() {
        other.close();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalStopsTheRunAfterTheCurrentChunk(PosixSignal signal, int exit) throws Exception {
        Process process = fuseUsers.start(command);
        try {
            other.awaitBlocked(1);
            assertThat(signal.sendTo(process)).isTrue();
            awaitNoted();
            other.close();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(exit);
        assertThat(errors()).endsWith("fuse-users: run 1 was stopped; the same command resumes it where it stands\n");
        assertStoppedAfterTheChunkAndResumes();
    }

    @Test
    void aSecondSignalEndsTheProcessImmediatelyAndLosesNothing() throws Exception {
        Process process = fuseUsers.start(command);
        try {
            other.awaitBlocked(1);
            assertThat(PosixSignal.TERM.sendTo(process)).isTrue();
            awaitNoted();
            assertThat(PosixSignal.TERM.sendTo(process)).isTrue();

            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 50));
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(51, USERS));
        other.close();
        assertResumes();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalWhileTheInputIsReadEndsTheProcessImmediately(PosixSignal signal, int exit) throws Exception {
        Path input = gigabytesOfBlankLines();
        Process process = fuseUsers.start("deactivate", "--yes", input.toString());
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> hasOpen(process, input));
            assertThat(signal.sendTo(process)).isTrue();

            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(exit);
        assertThat(errors()).isEqualTo("fuse-users: " + input + ": not started; the same command starts it\n");
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    /** The gate holds the staging of a short input, which is over before the next look at the signal. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalDuringStagingEndsTheRunAfterIt(PosixSignal signal, int exit) throws Exception {
        other.close();
        Process process = null;
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.run_users", "new.user_id = 55")) {
            process = fuseUsers.start(command);
            gate.awaitBlocked(1);
            assertThat(signal.sendTo(process)).isTrue();
            awaitNoted();
        }
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(exit);
        assertThat(errors()).isEqualTo("""
                        Stopping after the current chunk; a second signal stops at once
                        fuse-users: run 1 was stopped; the same command resumes it where it stands
                        """);
        assertThat(Files.readString(folder.resolve("out.txt"))).doesNotContain("would be deactivated");
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 STOPPED");
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, USERS));
        assertResumes();
    }

    @Test
    void theNoteOfAStopStaysOnTheTerminal() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.start(fuseUsers.process(command))) {
            other.awaitBlocked(1);
            terminal.type(PseudoTerminal.CTRL_C);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> terminal.shown().contains("Stopping after the current chunk"));
            other.close();

            assertThat(terminal.awaitExit()).isEqualTo(130);
            String shown = terminal.shown();
            assertThat(shown.substring(shown.indexOf("Stopping after"))).isEqualTo("""
                            Stopping after the current chunk; a second signal stops at once
                            So far: 60 of 200 users done, 60 deactivated; 140 left
                            Resume: the same command, or: fuse-users deactivate %s
                            Undo: fuse-users undo --with-memberships 1
                            fuse-users: run 1 was stopped; the same command resumes it where it stands
                            """.formatted(input));
            assertThat(shown.substring(0, shown.indexOf("Stopping after")))
                    .contains("\rDeactivating: 50 of 200 rows (25 %), ");
        }
        assertStoppedAfterTheChunkAndResumes();
    }

    /** Staging ends with the signal, so no question follows. */
    @Test
    void ctrlCDuringStagingIsNotAnsweredByAQuestion() throws Exception {
        String[] unconfirmed =
                Stream.of(command).filter(word -> !word.equals("--yes")).toArray(String[]::new);
        other.close();
        try (OtherSession gate =
                        OtherSession.gate(database, "before insert", "fuse_batch.run_users", "new.user_id = 55");
                PseudoTerminal terminal = PseudoTerminal.start(fuseUsers.process(unconfirmed))) {
            gate.awaitBlocked(1);
            terminal.type(PseudoTerminal.CTRL_C);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> terminal.shown().contains("Stopping after the current chunk"));
            gate.close();

            assertThat(terminal.awaitExit()).isEqualTo(130);
            assertThat(terminal.shown())
                    .doesNotContain("[y/N]")
                    .endsWith("Stopping after the current chunk; a second signal stops at once\n"
                            + "So far: 0 of 200 users done, 0 deactivated; 200 left\n"
                            + "Resume: the same command, or: fuse-users deactivate " + input + "\n"
                            + "Undo: fuse-users undo --with-memberships 1\n"
                            + "fuse-users: run 1 was stopped; the same command resumes it where it stands\n");
        }
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, USERS));
        assertResumes();
    }

    @Test
    void anotherProcessCanStopTheRunButCannotWorkOnTheSameInput() throws Exception {
        Process process = fuseUsers.start(command);
        try {
            other.awaitBlocked(1);

            FuseUsers.Result second = fuseUsers.run(command).exits(75);
            assertThat(second.err())
                    .startsWith("fuse-users: ")
                    .containsPattern(
                            "leavers.csv: a live process is working on this input, run 1 by \\S+@\\S+ since"
                                    + " \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ; try again when it has ended, or see \"runs show\"\n$");
            assertThat(RunStates.of(fuseUsers)).containsExactly("1 RUNNING");
            assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 50));

            fuseUsers.run("stop", "1").exits(0);
            awaitStopRequestRead();
            other.close();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(143);
        assertStoppedAfterTheChunkAndResumes();
    }

    /** A process that waits before it tries again has no lock. */
    @Test
    void aProcessThatIsAboutToTryAgainStopsToo() throws Exception {
        other.close();
        Poison.OF_UPDATES.raise(world, "'conflict' using errcode = '40001'", 1);
        Process process = fuseUsers.start(command);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> fuseUsers
                    .run("stop", "1")
                    .err()
                    .equals("fuse-users: no process is working on run 1 at this moment; a process that is about to"
                            + " retry will stop; \"runs\" shows its state\n"));

            assertThat(process.waitFor(20, TimeUnit.SECONDS))
                    .as("stopped by the next attempt, before the patience is used up")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("err.txt")))
                .endsWith("fuse-users: run 1 was stopped; the same command resumes it where it stands\n");
        assertThat(crowd.deactivated()).isEmpty();
    }

    @Test
    void aRunWithoutAProcessCannotBeStopped() {
        other.close();
        fuseUsers.run(command).exits(0);

        FuseUsers.Result ended = fuseUsers.run("stop", "1");
        FuseUsers.Result missing = fuseUsers.run("stop", "2");

        ended.exits(64);
        assertThat(ended.err()).isEqualTo("fuse-users: no process is working on run 1; \"runs\" shows its state\n");
        missing.exits(64);
        assertThat(world.texts("select stop_requested_at::text from fuse_batch.runs"))
                .containsOnlyNulls();
    }

    @Test
    void aStopRequestToAnEarlierAttemptDoesNotStopTheNextOne() throws Exception {
        other.close();
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                + " raise exception 'no' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail before insert on fuse_batch.run_outcomes for each row"
                + " when (new.user_id = 55) execute function test_sessions.fail()");
        fuseUsers.run(command).exits(1);
        world.execute("drop trigger fail on fuse_batch.run_outcomes");
        world.execute("update fuse_batch.runs set stop_requested_at = now()");

        Future<FuseUsers.Result> resumed;
        try (OtherSession again = new OtherSession(database)) {
            again.execute("select from users where id = 55 for update");
            resumed = CompletableFuture.supplyAsync(() -> fuseUsers.run(command));
            again.awaitBlocked(1);
            awaitStopRequestRead();
        }

        resumed.get(20, TimeUnit.SECONDS).exits(0);
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    private void assertStoppedAfterTheChunkAndResumes() {
        assertThat(world.texts("select coalesce(error, 'none') from fuse_batch.attempts"))
                .containsExactly("none");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 60));
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(61, USERS));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, 60));
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 STOPPED");
        assertResumes();
    }

    private void assertResumes() {
        fuseUsers.run(command).exits(0);
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    private Path gigabytesOfBlankLines() throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (OutputStream compressed = new GZIPOutputStream(member)) {
            compressed.write("\n".repeat(64 * 1024 * 1024).getBytes(StandardCharsets.UTF_8));
        }
        Path file = folder.resolve("blank.csv.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int members = 0; members < 200; members++) {
                member.writeTo(out);
            }
        }
        return file;
    }

    /** From Linux's list of open files. */
    private static boolean hasOpen(Process process, Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException closed) {
                    return false;
                }
            });
        }
    }

    private void awaitNoted() {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> errors().contains("Stopping after the current chunk"));
    }

    /** Once the process has asked twice since the request, if there is one, it has acted on the first answer. */
    private void awaitStopRequestRead() {
        Set<String> looks = new HashSet<>();
        await().atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    looks.addAll(world.texts("""
                    select query_start::text
                    from pg_stat_activity, fuse_batch.runs
                    where datname = current_database() and query like 'select stop_requested_at is not null%'
                      and query_start > coalesce(stop_requested_at, '-infinity')
                    """));
                    return looks.size() >= 2;
                });
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }
}
