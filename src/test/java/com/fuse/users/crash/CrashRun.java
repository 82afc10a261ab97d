package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One run whose processes are interrupted, each with another chunk size and number of partitions. After each process,
 * checks that each user is either unchanged or changed completely.
 */
final class CrashRun implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final String HOLD = """
            create or replace function test_sessions.hold() returns trigger language plpgsql as $$
            begin
                while exists (select from fuse_batch.runs where ended_at is null and stop_requested_at is null) loop
                    perform pg_sleep(0.01);
                end loop;
                perform pg_sleep(1.5 * (1 + random()));
                return new;
            end $$
            """;

    /** Interrupts a process, which may already have ended. */
    interface Interruption {
        void interrupt(Process process) throws Exception;
    }

    private final Baseline baseline;
    private final Random random;
    private final Path folder;
    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final StepWatch watch;
    private final CrashResult result;
    private int processes;

    CrashRun(Baseline baseline, Path folder, Random random) throws SQLException, IOException {
        this.baseline = baseline;
        this.random = random;
        this.folder = Files.createDirectories(folder);
        database = baseline.copy();
        world = World.in(database);
        fuseUsers = FuseUsers.installed(database, folder);
        watch = new StepWatch(database);
        result = new CrashResult(baseline, database, fuseUsers, folder.resolve("reports"));
    }

    FuseUsers fuseUsers() {
        return fuseUsers;
    }

    /** The only run, as {@code runs} lists it. */
    List<String> state() {
        return RunStates.of(fuseUsers);
    }

    /**
     * Starts the command, waits for this step, or for a later one if this step is complete, interrupts the process at a
     * random moment of that step, and returns the exit code.
     */
    int start(JobStep target, Interruption interruption) throws Exception {
        long before = watch.newestAttempt();
        Process process = fuseUsers.start(baseline.command(random.nextInt(5, 51), random.nextInt(1, 4)));
        try {
            Optional<JobStep> step = watch.await(target, before, process);
            if (step.isPresent()) {
                LockSupport.parkNanos(randomMoment(step.get()));
                interruption.interrupt(process);
            }
            assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        processes++;
        awaitDisconnected();
        result.assertNothingIsHalfDone();
        return process.exitValue();
    }

    /**
     * Makes the step wait until the run is asked to stop, and then for as long as the process needs to notice, because
     * it looks once a second. In the step that changes users, the first chunk of each partition waits.
     */
    void holdUntilAskedToStop(JobStep step) {
        world.execute("drop trigger if exists hold on fuse_batch.batch_step_execution");
        world.execute("drop trigger if exists hold on fuse_batch.run_chunks");
        world.execute(HOLD);
        world.execute(
                step == JobStep.CHANGE
                        ? "create trigger hold before insert on fuse_batch.run_chunks for each row"
                                + " execute function test_sessions.hold()"
                        : "create trigger hold before update on fuse_batch.batch_step_execution for each row"
                                + " when (old.status = 'STARTING' and new.step_name = '%s')".formatted(step.label())
                                + " execute function test_sessions.hold()");
    }

    /** The step that the newest process has started and not completed. */
    Optional<JobStep> unfinished() {
        return watch.unfinished();
    }

    /** Whether the run has ended. */
    boolean hasEnded() {
        return world.count("select count(*) from fuse_batch.runs where ended_at is not null") == 1;
    }

    /** The standard error of the last process. */
    String errors() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    /** Completes the run without interruption and compares every result with the baseline. */
    void finish() throws Exception {
        if (!hasEnded()) {
            assertThat(start(JobStep.REPORT, process -> {})).as(errors()).isEqualTo(Baseline.EXIT);
        }
        result.assertComplete();
        assertThat(watch.attempts()).isEqualTo(processes);
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", processes);
    }

    /** Earlier moments are more likely, because this process may be faster than the baseline. */
    private long randomMoment(JobStep step) {
        double part = random.nextDouble() * random.nextDouble();
        // Only the first third of the changes, so that several processes share them.
        return (long) (baseline.duration(step).toNanos() * (step == JobStep.CHANGE ? part / 3 : part));
    }

    /** Returns once the database has no connection of the process any more. */
    private void awaitDisconnected() {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> world.count(
                                "select count(*) from pg_stat_activity where usename = ?"
                                        + " and datname = current_database()",
                                database.jobUser())
                        == 0);
    }

    @Override
    public void close() {
        watch.close();
        database.close();
    }
}
