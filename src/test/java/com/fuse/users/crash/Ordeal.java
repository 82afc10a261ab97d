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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One command, given again and again to processes that are not left alone, with other chunks and partitions each time.
 * Whenever one of them has ended, each user is found untouched or changed whole.
 */
final class Ordeal implements AutoCloseable {

    private static final String RUN = "run-1";
    private static final Duration END_BY_ITSELF = Duration.ofSeconds(60);

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

    /** What is done to a process, which may end before. */
    interface Blow {
        void strike(Process process) throws Exception;
    }

    private final Undisturbed undisturbed;
    private final Random random;
    private final Path folder;
    private final Path reports;
    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final StepWatch watch;
    private int lives;

    Ordeal(Undisturbed undisturbed, Path folder, Random random) throws SQLException, IOException {
        this.undisturbed = undisturbed;
        this.random = random;
        this.folder = Files.createDirectories(folder);
        reports = folder.resolve("reports");
        database = undisturbed.copy();
        world = World.in(database);
        fuseUsers = FuseUsers.packaged(database, folder);
        watch = new StepWatch(database);
    }

    FuseUsers fuseUsers() {
        return fuseUsers;
    }

    /** The only run, as {@code runs} lists it. */
    List<String> state() {
        return RunStates.of(fuseUsers);
    }

    /**
     * Starts the command, waits for this step or, if it is over already, a later one, strikes at a random moment of it,
     * and returns the exit code.
     */
    int live(RunStep target, Blow blow) throws Exception {
        long before = watch.newestAttempt();
        Process process = fuseUsers.start(undisturbed.command(random.nextInt(5, 51), random.nextInt(1, 4)));
        try {
            Optional<RunStep> step = watch.await(target, before, process);
            if (step.isPresent()) {
                LockSupport.parkNanos(randomMoment(step.get()));
                blow.strike(process);
            }
            assertThat(process.waitFor(END_BY_ITSELF.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        lives++;
        awaitGone();
        assertNobodyHalfway();
        assertNoFileHalfWritten();
        return process.exitValue();
    }

    /**
     * Makes the step wait until the run is asked to stop, and so much longer that the process, which looks every second,
     * has seen it; of the changes each partition's first chunk waits.
     */
    void holdUntilAskedToStop(RunStep step) {
        world.execute("drop trigger if exists hold on fuse_batch.batch_step_execution");
        world.execute("drop trigger if exists hold on fuse_batch.run_chunks");
        world.execute(HOLD);
        world.execute(
                step == RunStep.CHANGE
                        ? "create trigger hold before insert on fuse_batch.run_chunks for each row"
                                + " execute function test_sessions.hold()"
                        : "create trigger hold before update on fuse_batch.batch_step_execution for each row"
                                + " when (old.status = 'STARTING' and new.step_name = '%s')".formatted(step.label())
                                + " execute function test_sessions.hold()");
    }

    /** The step that the newest process has begun and not ended. */
    Optional<RunStep> unfinished() {
        return watch.unfinished();
    }

    /** Whether the run is over. */
    boolean hasEnded() {
        return world.count("select count(*) from fuse_batch.runs where ended_at is not null") == 1;
    }

    /** What the last process printed to standard error. */
    String complaints() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    /** Leaves the last process alone, and finds everything as if that had been the only one. */
    void end() throws Exception {
        if (!hasEnded()) {
            assertThat(live(RunStep.REPORT, process -> {})).as(complaints()).isEqualTo(Undisturbed.EXIT);
        }
        assertThat(undisturbed.platform(database)).isEqualTo(undisturbed.platform());
        assertThat(world.texts("""
                        select concat_ws(' ', line, outcome, coalesce(user_id::text, 'null'),
                                         '[' || coalesce(array_to_string(community_ids, ', '), '') || ']')
                        from fuse_batch.run_outcomes
                        order by line
                        """)).isEqualTo(undisturbed.outcomes());
        assertThat(state()).containsExactly("1 COMPLETED");
        assertThat(watch.attempts()).isEqualTo(lives);
        assertOneReport();
    }

    private void assertNobodyHalfway() {
        assertThat(new Wholeness(world).halfway()).isEmpty();
        assertThat(new Witness(world).contradictions()).isEmpty();
    }

    private void assertNoFileHalfWritten() throws IOException {
        List<String> files = Files.exists(reports.resolve(RUN)) ? names(reports.resolve(RUN)) : List.of();
        for (String file : files.stream().filter(name -> name.endsWith(".csv")).toList()) {
            assertThat(fuseUsers.report(1, file))
                    .as(file)
                    .isEqualTo(undisturbed.reported().report(1, file));
        }
        if (files.contains("report.html")) {
            assertThat(fuseUsers.reportText(1, "report.html")).endsWith("</html>\n");
        }
        if (files.contains("summary.json")) {
            assertThat(figures(fuseUsers)).isEqualTo(figures(undisturbed.reported()));
        }
    }

    private void assertOneReport() throws IOException {
        assertThat(names(reports)).containsExactly(RUN);
        assertThat(names(reports.resolve(RUN)))
                .isEqualTo(names(undisturbed.reports().resolve(RUN)));
        assertNoFileHalfWritten();
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", lives);
    }

    /** The summary without what time and attempts make of it. */
    private static Map<String, Object> figures(FuseUsers fuseUsers) {
        Map<String, Object> figures = fuseUsers.summary(1);
        figures.keySet()
                .removeAll(
                        List.of("attempts", "attempt_figures", "seconds", "rows_per_second", "started_at", "ended_at"));
        return figures;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Early ones are likelier, because this process may be faster than the one that was timed. */
    private long randomMoment(RunStep step) {
        double part = random.nextDouble() * random.nextDouble();
        // Of the changes only a part, so that several processes come to share them.
        return (long) (undisturbed.duration(step).toNanos() * (step == RunStep.CHANGE ? part / 3 : part));
    }

    /** Returns once the database has noticed that the process is gone. */
    private void awaitGone() {
        await().atMost(END_BY_ITSELF)
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
